/** Context of all that asks for a password: gives that of everybody at a training station, null at a real one. */
export const trainingPasswordContext = Symbol('training password');

export type TrainingPassword = () => string | null;
