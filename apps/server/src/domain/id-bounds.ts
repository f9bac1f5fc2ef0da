/** The lowest id that a request of this moment or later can have: ids are UUIDv7, so that their order is that of time. */
export function idFrom(at: number): string {
  const hex = Math.max(at, 0).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
