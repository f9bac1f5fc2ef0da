import type { TokenExpiration } from '@rollcall/api';
import { RadioGroup } from '../../../components/choice.tsx';
import { useNow } from '../../../components/relative-time.tsx';
import { expirationHelp, expirationLabel, expirations } from '../model/expiration.ts';

/** How long a token works, each choice with the date that it leads to. */
export function ExpirationChoice({
  value,
  onChange,
}: {
  value: TokenExpiration;
  onChange: (value: TokenExpiration) => void;
}) {
  const now = useNow();
  return (
    <RadioGroup
      legend="Expiration"
      value={value}
      onChange={onChange}
      choices={expirations.map((expiration) => ({
        value: expiration,
        label: expirationLabel(expiration),
        help: expirationHelp(expiration, now),
      }))}
    />
  );
}
