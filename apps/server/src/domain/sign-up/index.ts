export { type SignUp, signUp } from './sign-up.ts';
export { type Capture, readWayIn } from './way-in.ts';
