import { useNavigate, useSearch } from '@tanstack/react-router';
import { Badge } from '../../../components/badge.tsx';
import { Panel, PanelHead } from '../../../components/panel.tsx';
import { Recipe, RecipeChoice } from '../../../components/recipe.tsx';
import { Section, Split } from '../../../components/section.tsx';
import { useDirectory } from '../directory/context.ts';
import { providerNames } from '../model/provider.ts';
import { recipeFor, recipeNote } from '../model/recipe.ts';
import { LastRequest } from '../overview/last-request.tsx';
import { Arrivals } from './arrivals.tsx';
import { OnlyFailures } from './only-failures.tsx';
import { TokenValue } from './token-value.tsx';

const providers = (['okta', 'entra', 'generic'] as const).map((value) => ({
  value,
  label: providerNames[value],
}));

/** What to enter where in the IdP, and beside it what has arrived from there. */
export function SetupTab() {
  const { directory } = useDirectory();
  const navigate = useNavigate({ from: '/app/enterprise/scim/$directoryId/setup' });
  const { idp = directory.provider } = useSearch({
    from: '/app/enterprise/scim/$directoryId/setup',
  });
  return (
    <>
      {directory.health === 'waiting' && (
        <Panel label="Status">
          <PanelHead>
            <Badge mark="waiting" size="head">
              Waiting for the first request
            </Badge>
            <LastRequest />
          </PanelHead>
        </Panel>
      )}
      <Split
        aside={
          <>
            <Arrivals />
            <OnlyFailures />
          </>
        }
      >
        <Section
          title="Recipe"
          titleHidden
          note={
            <RecipeChoice
              options={providers}
              value={idp}
              note={recipeNote(idp)}
              onChange={(value) =>
                void navigate({
                  replace: true,
                  resetScroll: false,
                  search: (now) => ({ ...now, idp: value }),
                })
              }
            />
          }
        >
          <Recipe steps={recipeFor(idp, directory.connectorUrl)} token={<TokenValue />} />
        </Section>
      </Split>
    </>
  );
}
