/** Where identity providers write into the sign-on URL who they are. */
const patterns: readonly [RegExp, (id: string) => string][] = [
  [
    /^https:\/\/[^/]+\.(?:okta|oktapreview|okta-emea)\.com\/app\/[^/]+\/(exk\w+)\/sso\/saml$/,
    (key) => `http://www.okta.com/${key}`,
  ],
  [
    /^https:\/\/login\.microsoftonline\.com\/([\da-f-]{36})\/saml2$/i,
    (tenant) => `https://sts.windows.net/${tenant}/`,
  ],
  [
    /^https:\/\/accounts\.google\.com\/o\/saml2\/idp\?idpid=(\w+)$/,
    (id) => `https://accounts.google.com/o/saml2?idpid=${id}`,
  ],
];

/** The issuer of a SAML IdP, where its sign-on URL tells it; empty elsewhere. */
export function issuerIn(signOnUrl: string): string {
  for (const [pattern, issuer] of patterns) {
    const id = pattern.exec(signOnUrl.trim())?.[1];
    if (id !== undefined) return issuer(id);
  }
  return '';
}
