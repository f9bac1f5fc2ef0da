/** Where the issuer's endpoints stand, as Okta's org server has them. */
export const paths = {
  discovery: '/.well-known/openid-configuration',
  authorize: '/oauth2/v1/authorize',
  token: '/oauth2/v1/token',
  keys: '/oauth2/v1/keys',
  userinfo: '/oauth2/v1/userinfo',
} as const;
