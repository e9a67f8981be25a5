import type { JobState } from '../../contract/schema/update-job.ts';
import type { MarkKind } from '../design/mark-kind.ts';
import type { Words } from '../words/words.ts';

/** How each state of a job looks. */
export const markOfJob: Readonly<Record<JobState, MarkKind>> = {
  created: 'working',
  ready: 'ready',
  staging: 'working',
  staged: 'working',
  activating: 'working',
  testing: 'working',
  confirming: 'working',
  reverting: 'working',
  confirmed: 'confirmed',
  reverted: 'reverted',
  indeterminate: 'indeterminate',
  refused: 'refused',
  failed: 'refused',
  cancelled: 'idle',
  abandoned: 'indeterminate',
};

export const jobStateWords = {
  created: { en: 'Checking', de: 'Wird geprüft' },
  ready: { en: 'Ready', de: 'Bereit' },
  staging: { en: 'Staging', de: 'Wird übertragen' },
  staged: { en: 'Staged', de: 'Übertragen' },
  activating: { en: 'Activating', de: 'Wird aktiviert' },
  testing: { en: 'Self-test', de: 'Selbsttest' },
  confirming: { en: 'Confirming', de: 'Wird bestätigt' },
  reverting: { en: 'Putting back', de: 'Wird zurückgespielt' },
  confirmed: { en: 'Confirmed', de: 'Bestätigt' },
  reverted: { en: 'Reverted', de: 'Zurückgesetzt' },
  indeterminate: { en: 'Indeterminate', de: 'Unbestimmt' },
  refused: { en: 'Refused', de: 'Abgelehnt' },
  failed: { en: 'Failed', de: 'Fehlgeschlagen' },
  cancelled: { en: 'Cancelled', de: 'Abgebrochen' },
  abandoned: { en: 'Abandoned', de: 'Aufgegeben' },
} as const satisfies Readonly<Record<JobState, Words>>;
