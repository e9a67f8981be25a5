import { nextSteps } from './next-steps.ts';
import type { RefusalWords } from './refusal-table.ts';

/** The log of the other station is not what it was: that is what a witness is there to find. */
const otherLogChanged: RefusalWords['next'] = {
  en: 'Nothing was cosigned. Keep this file, and tell whoever audits the other station.',
  de: 'Nichts wurde gegengezeichnet. Heben Sie diese Datei auf und verständigen Sie die Prüfstelle der anderen Station.',
};

/** Refusals of cosigning, and of the keys that it rests on. */
export const witnessRefusals = {
  'audit.key-known': {
    title: { en: 'A key of this name is confirmed already', de: 'Ein Schlüssel dieses Namens ist schon bestätigt' },
    next: nextSteps.askAdministrator,
  },
  'audit.key-unknown': {
    title: { en: 'No key of this name is confirmed here', de: 'Kein Schlüssel dieses Namens ist hier bestätigt' },
    next: {
      en: 'An administrator confirms it once, with the fingerprint that its owner gives by another route.',
      de: 'Ein Administrator bestätigt ihn einmal, mit dem Fingerabdruck, den der Besitzer auf anderem Weg nennt.',
    },
  },
  'audit.witness-self': {
    title: { en: 'This station cannot witness itself', de: 'Diese Station kann nicht ihr eigener Zeuge sein' },
    next: {
      en: 'Choose the key file of another station.',
      de: 'Wählen Sie die Schlüsseldatei einer anderen Station.',
    },
  },
  'audit.witness-request-malformed': {
    title: { en: 'This is not a readable request', de: 'Das ist keine lesbare Anfrage' },
    next: {
      en: 'Choose the file whose name ends in .tlog-request, or have the other station write it again.',
      de: 'Wählen Sie die Datei, deren Name auf .tlog-request endet, oder lassen Sie die andere Station sie neu schreiben.',
    },
  },
  'audit.witness-log-unknown': {
    title: { en: 'The other station is not known here', de: 'Die andere Station ist hier nicht bekannt' },
    next: {
      en: 'An administrator confirms its key first: the file station.vkey beside the request.',
      de: 'Zuerst bestätigt ein Administrator ihren Schlüssel: die Datei station.vkey neben der Anfrage.',
    },
  },
  'audit.witness-stale': {
    title: { en: 'The request begins at another event', de: 'Die Anfrage beginnt bei einem anderen Ereignis' },
    next: {
      en: 'Have the other station write a request from the number of events that the text names.',
      de: 'Lassen Sie die andere Station eine Anfrage ab der Zahl von Ereignissen schreiben, die der Text nennt.',
    },
  },
  'audit.witness-rollback': {
    title: { en: 'The other log was put back', de: 'Das andere Protokoll wurde zurückgesetzt' },
    next: otherLogChanged,
  },
  'audit.witness-fork': {
    title: { en: 'The other log has two histories', de: 'Das andere Protokoll hat zwei Verläufe' },
    next: otherLogChanged,
  },
  'audit.witness-proof-invalid': {
    title: {
      en: 'The other log does not continue what was cosigned',
      de: 'Das andere Protokoll setzt das Gegengezeichnete nicht fort',
    },
    next: otherLogChanged,
  },
  'audit.cosignature-missing': {
    title: { en: 'No confirmed witness has cosigned it', de: 'Kein bestätigter Zeuge hat gegengezeichnet' },
    next: {
      en: 'Choose the file that the witness wrote, or have an administrator confirm the witness’s key first.',
      de: 'Wählen Sie die Datei, die der Zeuge schrieb, oder lassen Sie zuerst einen Administrator dessen Schlüssel bestätigen.',
    },
  },
  'audit.cosignature-known': {
    title: { en: 'This cosignature is kept already', de: 'Diese Gegenzeichnung ist schon übernommen' },
    next: { en: 'There is nothing to do.', de: 'Es ist nichts zu tun.' },
  },
  'audit.cosignature-contradicted': {
    title: {
      en: 'A witness saw another history of the audit log',
      de: 'Ein Zeuge hat einen anderen Verlauf des Audit-Protokolls gesehen',
    },
    next: nextSteps.stopWork,
  },
  'audit.cosignature-edited': {
    title: { en: 'A kept cosignature was changed', de: 'Eine aufbewahrte Gegenzeichnung wurde verändert' },
    next: nextSteps.stopWork,
  },
  'audit.cosignature-lost': {
    title: { en: 'A kept cosignature is gone', de: 'Eine aufbewahrte Gegenzeichnung fehlt' },
    next: nextSteps.stopWork,
  },
  'audit.cosignature-unrecorded': {
    title: {
      en: 'The audit log does not know a kept cosignature',
      de: 'Das Audit-Protokoll kennt eine aufbewahrte Gegenzeichnung nicht',
    },
    next: nextSteps.stopWork,
  },
  'audit.key-edited': {
    title: {
      en: 'The confirmed keys are not those that the audit log names',
      de: 'Die bestätigten Schlüssel sind nicht die, die das Audit-Protokoll nennt',
    },
    next: nextSteps.stopWork,
  },
} as const satisfies Readonly<Record<string, RefusalWords>>;
