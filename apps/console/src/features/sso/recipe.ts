import type { SsoConnectionDetail } from '@rollcall/api';
import type { RecipeStep, RecipeValue } from '../../components/recipe.tsx';

export const ssoProviders = ['okta', 'entra', 'google', 'other'] as const;
export type SsoProvider = (typeof ssoProviders)[number];

/** The providers by name, as their own screens spell them. */
export const ssoProviderNames: Record<SsoProvider, string> = {
  okta: 'Okta',
  entra: 'Microsoft Entra ID',
  google: 'Google Workspace',
  other: 'Other',
};

/** A remark above the recipe. */
export const recipeNotes: Record<SsoProvider, string> = {
  okta: "Labels are spelled as on Okta's screens.",
  entra: "Labels are spelled as on Microsoft's screens.",
  google: "Labels are spelled as on Google's screens.",
  other: 'For any other identity provider.',
};

const marks: readonly [SsoProvider, RegExp][] = [
  ['entra', /entra|azure|microsoft|windows\.net/i],
  ['google', /google/i],
  ['okta', /okta/i],
];

/** Whose IdP it seems to be, by what it is called and by its addresses; Okta where nothing tells. */
export function guessProvider({ name, saml, oidc }: SsoConnectionDetail): SsoProvider {
  const said = [saml?.entityId, saml?.signOnUrl, oidc?.issuer, name].join(' ');
  return marks.find(([, mark]) => mark.test(said))?.[0] ?? 'okta';
}

type Ours = SsoConnectionDetail['ours'];

/** What to do at the IdP, with the real values of a connection. */
export function recipeOf(
  provider: SsoProvider,
  { protocol, ours }: Pick<SsoConnectionDetail, 'protocol' | 'ours'>,
): readonly RecipeStep[] {
  return (protocol === 'saml' ? saml : oidc)[provider](ours);
}

/** A value to carry over; its copy button is named after the field that takes it. */
function copy(name: string, value: string, note?: string): RecipeValue {
  return { name, kind: 'copy', value, copyName: name, ...(note && { note }) };
}

function words(name: string, ...chosen: readonly string[]): RecipeValue {
  return { name, kind: 'words', words: chosen };
}

const saml: Record<SsoProvider, (ours: Ours) => readonly RecipeStep[]> = {
  okta: ({ ssoUrl, audience }) => [
    {
      path: ['Applications', 'Create App Integration', 'SAML 2.0'],
      text: 'Name the app. SCIM is turned on in the same app later.',
    },
    {
      path: ['Configure SAML', 'SAML Settings'],
      values: [
        copy('Single sign-on URL', ssoUrl, 'It is the Recipient URL and Destination URL too.'),
        copy('Audience URI (SP Entity ID)', audience),
        words('Name ID format', 'EmailAddress'),
        words('Application username', 'Email'),
        words('Update application username on', 'Create and update'),
      ],
    },
    {
      path: ['Configure SAML', 'Attribute Statements'],
      values: [
        copy('Name', 'email'),
        words('Name format', 'Unspecified'),
        copy('Value', 'user.email'),
      ],
      after:
        'People who join by signing in bring their names with **firstName** and **lastName**, if you add those too.',
    },
    {
      path: ['Sign On', 'SAML 2.0'],
      text: 'Copy the **Metadata URL** to here: new certificates are then fetched by themselves. Or choose **Values by hand** here and copy **Sign on URL** and **Signing Certificate**.',
    },
    {
      path: ['Assignments', 'Assign'],
      text: 'Assign yourself first, then save here and pass the test sign-in.',
    },
  ],
  entra: ({ ssoUrl, audience }) => [
    {
      path: ['Enterprise applications', 'New application', 'Create your own application'],
      text: 'Choose **Integrate any other application you don’t find in the gallery**.',
    },
    {
      path: ['Single sign-on', 'SAML', 'Basic SAML Configuration', 'Edit'],
      values: [
        copy('Identifier (Entity ID)', audience),
        copy('Reply URL (Assertion Consumer Service URL)', ssoUrl),
      ],
    },
    {
      path: ['Attributes & Claims'],
      text: 'Leave the claims as they are. The address of a person is read from **emailaddress**, which is **user.mail**; the name from **givenname** and **surname**.',
    },
    {
      path: ['SAML Certificates', 'App Federation Metadata Url'],
      text: 'Paste it here as **Metadata URL**: new certificates are then fetched by themselves.',
    },
    {
      path: ['Users and groups', 'Add user/group'],
      text: 'Add yourself first, then save here and pass the test sign-in.',
    },
  ],
  google: ({ ssoUrl, audience }) => [
    {
      path: ['Apps', 'Web and mobile apps', 'Add app', 'Add custom SAML app'],
      text: 'Name the app and continue.',
    },
    {
      path: ['Google Identity Provider details', 'Download metadata'],
      text: 'Choose that file here under **Metadata file**. Google changes its certificate after five years; download it anew then.',
    },
    {
      path: ['Service provider details'],
      values: [
        copy('ACS URL', ssoUrl),
        copy('Entity ID', audience),
        words('Name ID format', 'EMAIL'),
        words('Name ID', 'Basic Information > Primary email'),
      ],
    },
    {
      path: ['Attribute mapping'],
      values: [
        copy('Primary email', 'email'),
        copy('First name', 'firstName'),
        copy('Last name', 'lastName'),
      ],
    },
    {
      path: ['User access', 'Service status'],
      text: 'Turn it **ON** for everyone or for your own unit first, which can take Google a while. Then save here and pass the test sign-in.',
    },
  ],
  other: ({ ssoUrl, audience, metadataUrl }) => [
    {
      path: ['SAML 2.0 application'],
      text: 'Every identity provider asks for these, whatever it calls them. Many read them all from our metadata.',
      values: [
        copy('Assertion Consumer Service (ACS) URL', ssoUrl),
        copy('Entity ID of the service', audience),
        copy('Metadata of the service', metadataUrl),
        words('Name ID format', 'emailAddress'),
      ],
    },
    {
      path: ['Attributes'],
      values: [
        words('email', "the person's e-mail address"),
        words('firstName, lastName', 'for people who join by signing in'),
      ],
    },
    {
      path: ['Signature'],
      text: 'The assertion or the response is signed by RSA-SHA256 or better. SHA-1 is refused.',
    },
    {
      path: ['First person'],
      text: 'Give yourself access, enter here what the IdP gives, and pass the test sign-in.',
    },
  ],
};

const oidc: Record<SsoProvider, (ours: Ours) => readonly RecipeStep[]> = {
  okta: ({ redirectUrl }) => [
    {
      path: ['Applications', 'Create App Integration', 'OIDC - OpenID Connect'],
      text: 'Choose **Web Application**.',
      values: [
        words('Grant type', 'Authorization Code'),
        copy(
          'Sign-in redirect URIs',
          redirectUrl,
          "Insomnia's guide calls this value the SSO URL.",
        ),
      ],
    },
    {
      path: ['General', 'Client Credentials'],
      text: 'Copy **Client ID** and **Client secret** to here. **Require PKCE as additional verification** may be on.',
    },
    {
      path: ['Security', 'API', 'Authorization Servers'],
      text: 'Copy the **Issuer URI** of the one that you want to use. Where there is none, the issuer is the address of your org, such as https://example.okta.com.',
    },
    {
      path: ['Assignments', 'Assign'],
      text: 'Assign yourself first, then save here and pass the test sign-in.',
    },
  ],
  entra: ({ redirectUrl }) => [
    {
      path: ['App registrations', 'New registration'],
      values: [
        words('Supported account types', 'Accounts in this organizational directory only'),
        words('Platform of the redirect URI', 'Web'),
        copy('Redirect URI', redirectUrl),
      ],
    },
    {
      path: ['Overview'],
      text: 'Copy **Application (client) ID** to here as client ID. The issuer holds your **Directory (tenant) ID**.',
      values: [copy('Issuer', 'https://login.microsoftonline.com/{Directory (tenant) ID}/v2.0')],
    },
    {
      path: ['Certificates & secrets', 'New client secret'],
      text: 'Copy its **Value**, not its Secret ID. It ends on the day that you choose, and sign-in with it.',
    },
    {
      path: ['Token configuration', 'Add optional claim'],
      values: [words('Token type', 'ID'), words('Claim', 'email')],
    },
    {
      path: ['Enterprise applications', 'Users and groups'],
      text: 'Add yourself first, then save here and pass the test sign-in.',
    },
  ],
  google: ({ redirectUrl }) => [
    {
      path: ['Google Auth Platform', 'Audience'],
      text: 'Choose **Internal**, so that your own people alone are asked.',
    },
    {
      path: ['Google Auth Platform', 'Clients', 'Create client'],
      values: [
        words('Application type', 'Web application'),
        copy('Authorized redirect URIs', redirectUrl),
      ],
      after: 'Copy **Client ID** and **Client secret** to here.',
    },
    {
      path: ['Issuer'],
      text: 'It is the same for everybody. Whoever is in none of your verified domains is refused.',
      values: [copy('Issuer', 'https://accounts.google.com')],
    },
  ],
  other: ({ redirectUrl }) => [
    {
      path: ['OpenID Connect application'],
      text: 'A web application that keeps a secret.',
      values: [
        copy('Redirect URI', redirectUrl),
        words('Grant type', 'Authorization Code, with PKCE (S256)'),
        words('Client authentication', 'client_secret_post', 'client_secret_basic'),
        words('Scopes', 'openid', 'email', 'profile'),
        words('ID token', 'signed by RS256'),
      ],
    },
    {
      path: ['Claims'],
      values: [
        words('sub', "the person's unchanging id"),
        words('email', 'with email_verified true, or without it'),
      ],
    },
    {
      path: ['First person'],
      text: 'Give yourself access, enter here what the IdP gives, and pass the test sign-in.',
    },
  ],
};
