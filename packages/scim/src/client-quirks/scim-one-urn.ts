/**
 * Templates of OneLogin still name the schemas of SCIM 1. No other schema has these URNs, so they are read as the current
 * ones from every client.
 */
export const scimOneCore = 'urn:scim:schemas:core:1.0';

const enterprise = 'urn:scim:schemas:extension:enterprise:1.0';

/** The URN that SCIM 1 had for an extension. */
export function scimOneExtension(urn: string): string | undefined {
  return urn === 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
    ? enterprise
    : undefined;
}
