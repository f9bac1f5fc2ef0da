import { Fold } from '../../../components/checklist.tsx';
import { SeatBar } from '../../../components/seat-bar.tsx';
import { Section } from '../../../components/section.tsx';
import { StatusMark } from '../../../components/status-mark.tsx';
import { useDirectory } from '../directory/context.ts';
import { metCount } from '../model/requirement.ts';
import { Requirements } from '../off/requirements.tsx';

/** Seats, and the requirements folded away while they are met. */
export function OverviewAside() {
  const { directory } = useDirectory();
  const { seats, requirements } = directory;
  const allMet = requirements.every(({ met }) => met);
  return (
    <>
      <Section title="Seats" aside>
        <SeatBar used={seats.used} reserved={seats.reserved} purchased={seats.purchased} />
      </Section>
      <Fold
        title="Requirements"
        end={
          <>
            <StatusMark mark={allMet ? 'ok' : 'warning'} />
            {metCount(requirements)}
          </>
        }
      >
        <Requirements requirements={requirements} linked={!allMet} narrow />
      </Fold>
    </>
  );
}
