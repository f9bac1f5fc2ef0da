/** The addresses of a connection at which its IdP and the browser of whoever signs in arrive. */
export interface SsoUrls {
  /** The Audience URI (SP Entity ID); our metadata stands there. */
  readonly entityId: string;
  /** The Single sign-on URL. */
  readonly acsUrl: string;
  readonly logoutUrl: string;
  /** OIDC: the sign-in redirect URI. */
  readonly redirectUrl: string;
  readonly startUrl: string;
  /** Universal Logout. */
  readonly revocationUrl: string;
}

export function ssoUrls(publicUrl: string, connectionId: string): SsoUrls {
  const saml = `${publicUrl}/sso/saml/${connectionId}`;
  return {
    entityId: saml,
    acsUrl: `${saml}/acs`,
    logoutUrl: `${saml}/logout`,
    redirectUrl: `${publicUrl}/sso/oidc/${connectionId}/callback`,
    startUrl: `${publicUrl}/sso/start/${connectionId}`,
    revocationUrl: `${publicUrl}/sso/revoke/${connectionId}`,
  };
}
