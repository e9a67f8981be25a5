import type { IconName } from './icon-paths.ts';

/** The looks that a state can have. Colour is never alone: each has an icon, and its word stands beside it. */
export type MarkKind =
  'idle' | 'ready' | 'working' | 'needs-you' | 'refused' | 'confirmed' | 'reverted' | 'indeterminate';

export const iconOfMark: Readonly<Record<MarkKind, IconName>> = {
  idle: 'idle',
  ready: 'ready',
  working: 'working',
  'needs-you': 'needs-you',
  refused: 'refused',
  confirmed: 'confirmed',
  reverted: 'reverted',
  indeterminate: 'indeterminate',
};
