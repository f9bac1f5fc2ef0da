import type { TeamImpact } from '@rollcall/api';
import { formatCount } from '../../components/format.ts';

/** What a change of teams would do: what becomes of the teams, who gains and who loses what. */
export function ImpactView({ impact: { summary, gains, loses } }: { impact: TeamImpact }) {
  return (
    <div className="grid gap-3">
      {summary.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Side title="gains" plural="gain" side={gains} />
      <Side title="loses" plural="lose" side={loses} />
    </div>
  );
}

function Side({
  title,
  plural,
  side: { people, shown },
}: {
  title: string;
  plural: string;
  side: TeamImpact['gains'];
}) {
  if (people === 0) return null;
  const more = people - shown.length;
  return (
    <section>
      <h3 className="mb-1 font-medium text-ink">
        {formatCount(people, `person ${title}`, `people ${plural}`)}
      </h3>
      <ul className="max-h-44 overflow-y-auto border-t border-line text-sm">
        {shown.map(({ person, what }) => (
          <li key={person.id} className="flex flex-wrap gap-x-3 border-b border-line py-1.5">
            <span className="font-medium text-ink">{person.name}</span>
            <span className="min-w-0 wrap-anywhere">{what.join(' · ')}</span>
          </li>
        ))}
        {more > 0 && <li className="py-1.5">and {formatCount(more, 'other', 'others')}</li>}
      </ul>
    </section>
  );
}
