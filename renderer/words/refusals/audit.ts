import type { auditErrors } from '../../../contract/error-code/audit.ts';
import type { Words } from '../words.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable, RefusalWords } from './refusal-table.ts';
import { witnessRefusals } from './witness.ts';

const unreadable: Words = { en: 'This is not a readable checkpoint', de: 'Das ist kein lesbarer Prüfpunkt' };
const forged: RefusalWords = {
  title: {
    en: 'A signature under the checkpoint is not valid',
    de: 'Eine Unterschrift unter dem Prüfpunkt ist ungültig',
  },
  next: nextSteps.doNotUse,
};
const changed: RefusalWords = {
  title: { en: 'The audit log was changed', de: 'Das Audit-Protokoll wurde verändert' },
  next: nextSteps.stopWork,
};
const cutShort: RefusalWords = {
  title: { en: 'The end of the audit log is missing', de: 'Das Ende des Audit-Protokolls fehlt' },
  next: nextSteps.stopWork,
};
const proofWrong: Words = {
  en: 'The proof does not show that the event is in the log',
  de: 'Der Beweis zeigt nicht, dass das Ereignis im Protokoll steht',
};

export const auditRefusals = {
  'audit.event-invalid': {
    title: { en: 'An event does not have its documented form', de: 'Ein Ereignis hat nicht die dokumentierte Form' },
    next: nextSteps.stopWork,
  },
  'audit.event-too-large': {
    title: { en: 'What was to be recorded is too long', de: 'Was aufgezeichnet werden sollte, ist zu lang' },
    next: {
      en: 'It was not done. Enter shorter texts and try again.',
      de: 'Es wurde nicht ausgeführt. Geben Sie kürzere Texte ein und versuchen Sie es noch einmal.',
    },
  },
  'audit.event-unknown': {
    title: { en: 'The audit log has no such event', de: 'Das Audit-Protokoll hat dieses Ereignis nicht' },
    next: nextSteps.lookAgain,
  },
  'audit.note-malformed': { title: unreadable, next: nextSteps.askSender },
  'audit.note-untrusted': {
    title: { en: 'Nobody trusted here has signed it', de: 'Niemand, dem hier vertraut wird, hat es unterschrieben' },
    next: nextSteps.doNotUse,
  },
  'audit.note-signature-invalid': forged,
  'audit.verifier-key-invalid': {
    title: { en: 'The key cannot be used', de: 'Der Schlüssel ist nicht benutzbar' },
    next: nextSteps.askSender,
  },
  'audit.checkpoint-malformed': { title: unreadable, next: nextSteps.askSender },
  'audit.checkpoint-foreign': {
    title: { en: 'The checkpoint is from another station', de: 'Der Prüfpunkt ist von einer anderen Station' },
    next: {
      en: 'Choose one that this station has signed.',
      de: 'Wählen Sie einen, den diese Station unterschrieben hat.',
    },
  },
  'audit.proof-malformed': { title: proofWrong, next: nextSteps.askSender },
  'audit.proof-invalid': { title: proofWrong, next: nextSteps.doNotUse },
  'audit.leaf-edited': changed,
  'audit.event-missing': changed,
  'audit.event-moved': changed,
  'audit.node-mismatch': changed,
  'audit.root-mismatch': changed,
  'audit.truncated': cutShort,
  'audit.unsealed': {
    title: {
      en: 'The last events are not covered by a signature',
      de: 'Die letzten Ereignisse stehen unter keiner Unterschrift',
    },
    next: nextSteps.stopWork,
  },
  'audit.head-missing': cutShort,
  ...witnessRefusals,
} as const satisfies RefusalTable<keyof typeof auditErrors>;
