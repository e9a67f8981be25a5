import { LatePart } from './late-part.svelte.ts';

/** What follows the log-in, most wanted first; the places of the rail are in their own table. */
export const frame = new LatePart(() => import('./Frame.svelte'));
export const changePassword = new LatePart(() => import('../features/login/ChangePassword.svelte'));
export const enrol = new LatePart(() => import('../features/second-factor/EnrolGate.svelte'));
export const firstSteps = new LatePart(() => import('../features/set-up/FirstSteps.svelte'));

/** What stands before it, once in a station's life or when it does not open. */
export const chooseMode = new LatePart(() => import('../features/set-up/ChooseMode.svelte'));
export const newStation = new LatePart(() => import('../features/set-up/NewStation.svelte'));
export const refused = new LatePart(() => import('../features/set-up/Refused.svelte'));
