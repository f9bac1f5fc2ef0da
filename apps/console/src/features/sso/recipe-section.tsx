import type { SsoConnectionDetail } from '@rollcall/api';
import { getRouteApi } from '@tanstack/react-router';
import { Fold } from '../../components/checklist.tsx';
import { Recipe, RecipeChoice } from '../../components/recipe.tsx';
import { Section } from '../../components/section.tsx';
import { guessProvider, recipeNotes, recipeOf, ssoProviderNames, ssoProviders } from './recipe.ts';

const route = getRouteApi('/app/enterprise/sso/$id');

const options = ssoProviders.map((value) => ({ value, label: ssoProviderNames[value] }));

/** What to enter where in the IdP; folded away once the connection works. */
export function RecipeSection({ connection }: { connection: SsoConnectionDetail }) {
  if (connection.state === 'draft') {
    return (
      <Section title="Step by step">
        <Steps connection={connection} />
      </Section>
    );
  }
  return (
    <Fold title="Step by step">
      <Steps connection={connection} />
    </Fold>
  );
}

function Steps({ connection }: { connection: SsoConnectionDetail }) {
  const navigate = route.useNavigate();
  const { idp = guessProvider(connection) } = route.useSearch();
  return (
    <>
      <RecipeChoice
        options={options}
        value={idp}
        note={recipeNotes[idp]}
        onChange={(value) =>
          void navigate({
            replace: true,
            resetScroll: false,
            search: (now) => ({ ...now, idp: value }),
          })
        }
      />
      <Recipe steps={recipeOf(idp, connection)} />
    </>
  );
}
