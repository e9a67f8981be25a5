import type { RefusalTable } from './refusal-table.ts';

const auditor = {
  en: 'Change nothing, take a copy of the data folder, and tell your auditor.',
  de: 'Ändern Sie nichts, nehmen Sie eine Kopie des Datenordners und verständigen Sie die Prüfstelle.',
};

export const auditRefusals = {
  'audit.leaf-edited': { title: { en: 'This event was edited', de: 'Dieses Ereignis wurde verändert' }, next: auditor },
  'audit.event-missing': { title: { en: 'Events are missing', de: 'Ereignisse fehlen' }, next: auditor },
  'audit.event-moved': {
    title: { en: 'Another event stands in this place', de: 'An dieser Stelle steht ein anderes Ereignis' },
    next: auditor,
  },
  'audit.event-invalid': {
    title: { en: 'This is no event of this station', de: 'Das ist kein Ereignis dieser Station' },
    next: auditor,
  },
  'audit.node-mismatch': {
    title: { en: 'The tree over these events was changed', de: 'Der Baum über diesen Ereignissen wurde verändert' },
    next: auditor,
  },
  'audit.root-mismatch': {
    title: { en: 'These are not the events that were signed', de: 'Das sind nicht die unterschriebenen Ereignisse' },
    next: auditor,
  },
  'audit.proof-invalid': {
    title: { en: 'This is not the event that was signed', de: 'Das ist nicht das unterschriebene Ereignis' },
    next: auditor,
  },
  'audit.truncated': { title: { en: 'The log was cut short', de: 'Das Protokoll wurde gekürzt' }, next: auditor },
  'audit.unsealed': {
    title: {
      en: 'Events were added without the station’s key',
      de: 'Ereignisse kamen ohne den Schlüssel der Station dazu',
    },
    next: auditor,
  },
  'audit.head-missing': {
    title: { en: 'The file audit-head is gone', de: 'Die Datei audit-head fehlt' },
    next: auditor,
  },
  'audit.note-signature-invalid': {
    title: {
      en: 'A checkpoint’s signature is not the station’s',
      de: 'Die Unterschrift eines Prüfpunkts ist nicht die der Station',
    },
    next: auditor,
  },
  'audit.note-untrusted': {
    title: {
      en: 'A checkpoint is not signed by this station',
      de: 'Ein Prüfpunkt ist nicht von dieser Station unterschrieben',
    },
    next: auditor,
  },
  'audit.note-malformed': {
    title: { en: 'A checkpoint was damaged', de: 'Ein Prüfpunkt wurde beschädigt' },
    next: auditor,
  },
  'audit.checkpoint-malformed': {
    title: { en: 'A checkpoint was damaged', de: 'Ein Prüfpunkt wurde beschädigt' },
    next: auditor,
  },
  'audit.checkpoint-foreign': {
    title: { en: 'A checkpoint of another log', de: 'Ein Prüfpunkt eines anderen Protokolls' },
    next: auditor,
  },
  'audit.event-unknown': {
    title: { en: 'There is no event of this number', de: 'Ein Ereignis mit dieser Nummer gibt es nicht' },
  },
} as const satisfies RefusalTable;
