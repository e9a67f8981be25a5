import type { JobState } from '../../../contract/schema/update-job.ts';
import type { Words } from '../../words/words.ts';

const nothingWritten: Words = {
  en: 'Nothing was written to the unit: it runs the firmware that it had. Safe to unplug.',
  de: 'Auf das Gerät wurde nichts geschrieben: Es läuft mit seiner bisherigen Firmware. Abstecken erlaubt.',
};
const unchanged: Words = {
  en: 'The firmware that the unit runs was not changed.',
  de: 'Die laufende Firmware des Geräts wurde nicht verändert.',
};
const onlyStaged: Words = {
  en: 'Only its staging slot was written; it runs its old firmware. Do not unplug.',
  de: 'Nur der freie Speicherbereich wurde beschrieben; das Gerät läuft mit der alten Firmware. Nicht abstecken.',
};
const notSettled: Words = {
  en: 'Which firmware the unit will keep is not settled. Do not unplug.',
  de: 'Welche Firmware das Gerät behält, steht noch nicht fest. Nicht abstecken.',
};

/** What a job's state means for its unit: what it runs, as far as that is known, and whether it may be unplugged. */
export const meaningWords: Readonly<Record<JobState, Words>> = {
  created: nothingWritten,
  ready: nothingWritten,
  staging: onlyStaged,
  staged: onlyStaged,
  activating: notSettled,
  testing: notSettled,
  confirming: notSettled,
  reverting: notSettled,
  confirmed: {
    en: 'The unit runs the new firmware and keeps it.',
    de: 'Das Gerät läuft mit der neuen Firmware und behält sie.',
  },
  reverted: {
    en: 'The old firmware was put back, and the unit runs it.',
    de: 'Die alte Firmware wurde zurückgespielt, und das Gerät läuft damit.',
  },
  indeterminate: {
    en: 'The unit was not heard from after the new firmware was activated. Nobody knows what it runs. Do not unplug; resume the update at the bench.',
    de: 'Nach dem Aktivieren der neuen Firmware hat sich das Gerät nicht gemeldet. Niemand weiß, was darauf läuft. Nicht abstecken; an der Werkbank fortsetzen.',
  },
  refused: unchanged,
  // A unit that keeps an image whose self-test failed is called failed, too: what it runs stands in the job's own reason.
  failed: {
    en: 'The update did not succeed. Read below what the unit runs now before it is used.',
    de: 'Die Aktualisierung ist nicht gelungen. Lesen Sie vor dem Gebrauch unten, was auf dem Gerät läuft.',
  },
  cancelled: unchanged,
  abandoned: {
    en: 'The update was given up. Nobody knows what the unit runs: do not use it until it has been examined.',
    de: 'Die Aktualisierung wurde aufgegeben. Niemand weiß, was auf dem Gerät läuft: Vor dem Gebrauch muss es geprüft werden.',
  },
};
