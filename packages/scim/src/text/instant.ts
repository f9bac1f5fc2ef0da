// xsd:dateTime (RFC 7643 §2.3.5): date and time are both there; the zone may be missing and then means UTC (F-21).
const dateTime =
  /^(\d{4}-(?:0\d|1[012])-([0-3]\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,20}))?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;

/** A point in time as text that sorts as time does. */
export type InstantKey = string;

/** Reads an xsd:dateTime to a key for comparing instants; `undefined` when the text is no such time. */
export function instantKey(text: string): InstantKey | undefined {
  const match = dateTime.exec(text);
  if (match === null) return undefined;
  const [, dateAndTime, day, fraction = '', zone = 'Z'] = match;
  const local = Date.parse(`${dateAndTime}Z`);
  // Date.parse takes the 31st of February for a day in March.
  if (Number.isNaN(local) || new Date(local).getUTCDate() !== Number(day)) return undefined;
  const seconds = local / 1000 - zoneSeconds(zone) + secondsBeforeEpoch;
  // The digits of the fraction stay text: a clock may count finer than a number can hold.
  return `${String(seconds).padStart(12, '0')}.${fraction.replace(/0+$/, '')}`;
}

/** The UTC milliseconds of an {@link instantKey}; what is finer is cut off. */
export function instantMillis(key: InstantKey): number {
  const [seconds = '', fraction = ''] = key.split('.');
  return (
    (Number(seconds) - secondsBeforeEpoch) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3))
  );
}

// More than the seconds between the year 0 and 1970, so that every key is positive and sorts as text.
const secondsBeforeEpoch = 100_000_000_000;

function zoneSeconds(zone: string): number {
  if (zone === 'Z') return 0;
  const seconds = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60;
  return zone.startsWith('-') ? -seconds : seconds;
}
