import type { Provider } from '@rollcall/api';
import type { RecipeStep } from '../../../components/recipe.tsx';

/** Microsoft's switch to requests that follow the standard; it belongs at the end of the Tenant URL. */
const entraFlag = '?aadOptscim062020';

/** The recipe for a provider with the real values of a directory. */
export function recipeFor(provider: Provider, connectorUrl: string): readonly RecipeStep[] {
  switch (provider) {
    case 'okta':
      return okta(connectorUrl);
    case 'entra':
      return entra(connectorUrl);
    case 'generic':
      return generic(connectorUrl);
  }
}

function okta(connectorUrl: string): readonly RecipeStep[] {
  return [
    {
      path: ['General', 'App Settings', 'Edit'],
      text: 'For Provisioning choose **SCIM**, then Save. A Provisioning tab appears.',
    },
    {
      path: ['Provisioning', 'Integration', 'Edit'],
      values: [
        {
          name: 'SCIM connector base URL',
          kind: 'copy',
          value: connectorUrl,
          copyName: 'connector URL',
          note: "Insomnia's guide calls this field SAML connector base URL.",
        },
        {
          name: 'Unique identifier field for users',
          kind: 'copy',
          value: 'email',
          copyName: 'identifier field',
        },
        {
          name: 'Supported provisioning actions',
          kind: 'words',
          words: ['Push New Users', 'Push Profile Updates', 'Push Groups'],
        },
        { name: 'Authentication Mode', kind: 'words', words: ['HTTP Header'] },
        { name: 'Authorization', kind: 'token' },
      ],
      after: 'Press **Test Connector Configuration**, then Save.',
    },
    {
      path: ['Provisioning', 'To App', 'Edit'],
      text: 'Enable **Create Users** and **Deactivate Users**. Turn on **Update User Attributes** too if names should follow Okta.',
    },
    {
      path: ['Assignments', 'Assign'],
      text: 'Assign one person first and watch the list beside this recipe.',
    },
    {
      path: ['Push Groups', 'Find groups by name'],
      text: 'Each pushed group becomes a team. A team of that name that already grants something is left alone, and the new team gets a suffix.',
    },
  ];
}

function entra(connectorUrl: string): readonly RecipeStep[] {
  return [
    {
      path: ['Enterprise applications', 'New application'],
      text: 'Choose **Create your own application**, then **Integrate any other application you don’t find in the gallery**.',
    },
    {
      path: ['Provisioning', 'Admin credentials'],
      values: [
        { name: 'Provisioning Mode', kind: 'words', words: ['Automatic'] },
        {
          name: 'Tenant URL',
          kind: 'copy',
          value: `${connectorUrl}${entraFlag}`,
          copyName: 'tenant URL',
          note: 'The end of it asks Entra for requests that follow the SCIM standard; without it Entra sends an older form, which is understood too.',
        },
        { name: 'Secret Token', kind: 'token' },
      ],
      after: 'Press **Test Connection**, then **Save**.',
    },
    {
      path: ['Provisioning', 'Mappings', 'Provision Microsoft Entra ID Users'],
      text: 'Leave the mappings as they are, but for these two.',
      values: [
        { name: 'userPrincipalName', kind: 'words', words: ['userName'] },
        { name: 'objectId', kind: 'words', words: ['externalId'] },
      ],
    },
    {
      path: ['Users and groups', 'Add user/group'],
      text: 'Assign one person first. Under **Provision on demand** send that person and watch the list beside this recipe.',
    },
    {
      path: ['Overview', 'Start provisioning'],
      text: 'Entra sends everyone who is assigned, then what has changed about every 40 minutes. Each assigned group becomes a team.',
    },
  ];
}

function generic(connectorUrl: string): readonly RecipeStep[] {
  return [
    {
      path: ['SCIM 2.0 connection'],
      text: 'Every client that speaks SCIM 2.0 asks for these, whatever it calls them.',
      values: [
        { name: 'Base URL', kind: 'copy', value: connectorUrl, copyName: 'connector URL' },
        {
          name: 'Authentication',
          kind: 'words',
          words: ['Bearer token in the Authorization header'],
        },
        { name: 'Token', kind: 'token' },
      ],
    },
    {
      path: ['Mappings'],
      values: [
        { name: 'userName', kind: 'words', words: ['the e-mail address, which must be unique'] },
        { name: 'externalId', kind: 'words', words: ["the person's unchanging id in your IdP"] },
        { name: 'emails', kind: 'words', words: ['one of type work, marked as primary'] },
        { name: 'active', kind: 'words', words: ['false when the person leaves'] },
      ],
    },
    {
      path: ['First person'],
      text: 'Send one person first and watch the list beside this recipe, then groups, then everyone.',
    },
  ];
}

/** A remark above the recipe. */
export function recipeNote(provider: Provider): string {
  switch (provider) {
    case 'okta':
      return "Labels are spelled as on Okta's screens.";
    case 'entra':
      return "Labels are spelled as on Microsoft's screens.";
    case 'generic':
      return 'For any client of SCIM 2.0.';
  }
}

/** Where the token goes, for the banner and the dialogs: “paste it under Provisioning › Integration › Authorization”. */
export function tokenPlace(provider: Provider): string {
  switch (provider) {
    case 'okta':
      return 'In Okta paste it under Provisioning › Integration › Authorization.';
    case 'entra':
      return 'In Entra paste it under Provisioning › Admin credentials › Secret Token.';
    case 'generic':
      return 'Paste it into the SCIM settings of your IdP.';
  }
}

/** What will stand in an empty log first. */
export function firstRequest(provider: Provider): string {
  switch (provider) {
    case 'okta':
      return 'The first thing Okta sends is a list of users, when you press Test Connector Configuration.';
    case 'entra':
      return 'The first thing Entra sends is a search for a user who does not exist, when you press Test Connection.';
    case 'generic':
      return 'The first thing most clients send is a list of users, when the connection is tested.';
  }
}
