import type { Words } from '../words/words.ts';
import type { Phase } from './phase.ts';

export const phaseWords = {
  preflight: { en: 'Preflight', de: 'Vorprüfung' },
  stage: { en: 'Stage', de: 'Übertragen' },
  verify: { en: 'Verify', de: 'Prüfen' },
  activate: { en: 'Activate', de: 'Aktivieren' },
  'self-test': { en: 'Self-test', de: 'Selbsttest' },
  confirm: { en: 'Confirm', de: 'Bestätigen' },
} as const satisfies Readonly<Record<Phase, Words>>;
