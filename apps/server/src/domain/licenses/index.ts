export { outsidersPerDayOf } from './daily-limit.ts';
export { mayGrow } from './growth.ts';
export { claimSeats, releaseSeats, type SeatHolder, transferSeat } from './seats.ts';
export {
  INVITATION_LIFE,
  isOpenInvitation,
  serveWaiting,
  settleSeatWaits,
} from './serve-waiting.ts';
