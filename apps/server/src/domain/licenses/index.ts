export { claimSeats, releaseSeats, type SeatHolder, transferSeat } from './seats.ts';
export { INVITATION_LIFE, serveWaiting } from './serve-waiting.ts';
