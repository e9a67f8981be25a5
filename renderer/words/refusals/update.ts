import type { Words } from '../words.ts';
import type { RefusalTable } from './refusal-table.ts';

const chooseOther: Words = {
  en: 'Ask for a bundle that is made for this unit.',
  de: 'Fragen Sie nach einem Paket, das für dieses Gerät gemacht ist.',
};
const setAside: Words = {
  en: 'Set the unit aside and have it examined; start no update on it.',
  de: 'Legen Sie das Gerät beiseite und lassen Sie es untersuchen; starten Sie keine Aktualisierung.',
};
const tellMaker: Words = {
  en: 'Do not try this release again. Send the report to the maker.',
  de: 'Versuchen Sie diesen Stand nicht noch einmal. Schicken Sie den Bericht an den Hersteller.',
};
const startAgain: Words = { en: 'Start the update again.', de: 'Starten Sie die Aktualisierung noch einmal.' };
const lookUp: Words = { en: 'Look it up in the history.', de: 'Suchen Sie ihn im Verlauf.' };
const powerCycle: Words = {
  en: 'Switch the unit off and on, wait until it stands here again, then start again.',
  de: 'Schalten Sie das Gerät aus und ein, warten Sie, bis es wieder hier steht, und starten Sie noch einmal.',
};
const nothingToDo: Words = { en: 'Nothing is to be done.', de: 'Es ist nichts zu tun.' };

export const updateRefusals = {
  'update.job-unknown': { title: { en: 'There is no such job', de: 'Diesen Auftrag gibt es nicht' }, next: lookUp },
  'update.bundle-unknown': {
    title: { en: 'The bundle is not on this station', de: 'Das Paket ist nicht auf dieser Station' },
    next: { en: 'Import the bundle, then start again.', de: 'Importieren Sie das Paket und starten Sie noch einmal.' },
  },
  'update.not-indeterminate': {
    title: { en: 'This unit cannot be given up', de: 'Dieses Gerät lässt sich nicht aufgeben' },
    next: {
      en: 'Go on with the job, or cancel it; only a unit that is not heard of is given up.',
      de: 'Setzen Sie den Auftrag fort oder brechen Sie ihn ab; aufgegeben wird nur ein Gerät, von dem nichts zu hören ist.',
    },
  },
  'update.abandoned': {
    title: { en: 'The unit was given up', de: 'Das Gerät wurde aufgegeben' },
    next: setAside,
  },
  'update.stopping': {
    title: { en: 'Drydock is being closed', de: 'Drydock wird beendet' },
    next: { en: 'Open it again, then start again.', de: 'Öffnen Sie es wieder und starten Sie noch einmal.' },
  },
  'update.several-images': {
    title: {
      en: 'The bundle has several images for this unit',
      de: 'Das Paket hat mehrere Images für dieses Gerät',
    },
    next: chooseOther,
  },
  'update.job-closed': { title: { en: 'The job has ended', de: 'Der Auftrag ist beendet' }, next: startAgain },
  'update.job-running': {
    title: { en: 'The job is being worked on', de: 'An dem Auftrag wird gearbeitet' },
    next: { en: 'Wait until it stands still.', de: 'Warten Sie, bis er stillsteht.' },
  },
  'update.put-back': {
    title: { en: 'A person had it put back', de: 'Ein Mensch hat sie zurückspielen lassen' },
    next: nothingToDo,
  },
  'update.not-on-trial': {
    title: { en: 'The unit is not on trial', de: 'Das Gerät läuft nicht auf Probe' },
    next: {
      en: 'Only firmware on trial can be put back. To go back later, an older release must be approved.',
      de: 'Nur Firmware auf Probe lässt sich zurücknehmen. Später muss ein älterer Stand freigegeben werden.',
    },
  },
  'update.not-cancellable': {
    title: { en: 'It is too late to cancel', de: 'Zum Abbrechen ist es zu spät' },
    next: {
      en: 'Leave the unit plugged in until the job has ended.',
      de: 'Lassen Sie das Gerät angesteckt, bis der Auftrag beendet ist.',
    },
  },
  'update.position-busy': {
    title: { en: 'A job at this place is still open', de: 'An diesem Platz ist noch ein Auftrag offen' },
    next: {
      en: 'Bring that job to its end first.',
      de: 'Bringen Sie zuerst diesen Auftrag zu Ende.',
    },
  },
  'update.wrong-product': {
    title: { en: 'The bundle is for another product', de: 'Das Paket ist für ein anderes Produkt' },
    next: chooseOther,
  },
  'update.not-compatible': {
    title: { en: 'The bundle is for other hardware', de: 'Das Paket ist für andere Hardware' },
    next: chooseOther,
  },
  'update.image-not-bootable': {
    title: { en: 'The unit cannot start an image of this form', de: 'Ein Image dieser Form startet das Gerät nicht' },
    next: chooseOther,
  },
  'update.slot-unknown': {
    title: { en: 'The unit has no slot for this image', de: 'Das Gerät hat keinen Platz für dieses Image' },
    next: chooseOther,
  },
  'update.slot-too-small': {
    title: { en: 'The image is too large for the unit', de: 'Das Image ist zu groß für das Gerät' },
    next: chooseOther,
  },
  'update.unit-unsettled': {
    title: {
      en: 'The unit has not finished an earlier update',
      de: 'Das Gerät ist mit einer früheren Aktualisierung nicht fertig',
    },
    next: powerCycle,
  },
  'update.other-bench': {
    title: { en: 'The job belongs to the other kind of bench', de: 'Der Auftrag gehört zur anderen Art Werkbank' },
    next: {
      en: 'Training jobs go on in training, real ones with real units.',
      de: 'Übungsaufträge gehen in der Übung weiter, echte mit echten Geräten.',
    },
  },
  'update.other-unit': {
    title: { en: 'Another unit stands at the place of this job', de: 'Am Platz des Auftrags steht ein anderes Gerät' },
    next: {
      en: 'Plug the job’s own unit in at this place and go on.',
      de: 'Stecken Sie das Gerät des Auftrags an diesem Platz an und setzen Sie fort.',
    },
  },
  'update.bundle-expired': {
    title: { en: 'The bundle has expired', de: 'Das Paket ist abgelaufen' },
    next: { en: 'Ask the maker for the current release.', de: 'Bitten Sie den Hersteller um den aktuellen Stand.' },
  },
  'update.read-back-mismatch': {
    title: { en: 'What arrived is not what was sent', de: 'Angekommen ist nicht, was gesendet wurde' },
    next: {
      en: 'Try another cable and start again. If it happens again, set the unit aside.',
      de: 'Nehmen Sie ein anderes Kabel und starten Sie noch einmal. Geschieht es wieder, legen Sie das Gerät beiseite.',
    },
  },
  'update.image-not-booted': {
    title: {
      en: 'The unit’s boot loader refused the new firmware',
      de: 'Der Bootloader hat die neue Firmware abgelehnt',
    },
    next: tellMaker,
  },
  'update.unexpected-image': {
    title: { en: 'The unit runs neither old nor new firmware', de: 'Es läuft weder die alte noch die neue Firmware' },
    next: setAside,
  },
  'update.self-test-failed': {
    title: { en: 'The new firmware failed its self-test', de: 'Die neue Firmware hat den Selbsttest nicht bestanden' },
    next: tellMaker,
  },
  'update.self-test-unreported': {
    title: { en: 'Units of this kind report no self-test', de: 'Geräte dieser Art melden keinen Selbsttest' },
    next: {
      en: 'This product’s policy asks for one. Ask an administrator.',
      de: 'Die Richtlinie dieses Produkts verlangt einen. Fragen Sie die Administration.',
    },
  },
  'update.self-test-timeout': {
    title: { en: 'The new firmware gave no self-test result', de: 'Die neue Firmware gab kein Selbsttest-Ergebnis' },
    next: tellMaker,
  },
  'update.not-confirmed': {
    title: { en: 'The new firmware was not made permanent', de: 'Die neue Firmware wurde nicht dauerhaft' },
    next: startAgain,
  },
  'update.kept-unproven': {
    title: { en: 'The unit kept firmware that is not proven', de: 'Das Gerät behielt unbewiesene Firmware' },
    next: {
      en: 'It runs the new firmware. Do not use it before it was examined.',
      de: 'Es läuft mit der neuen Firmware. Benutzen Sie es nicht, bevor es untersucht ist.',
    },
  },
  'update.trial-ended': {
    title: { en: 'The unit ended its trial by itself', de: 'Das Gerät beendete die Probe selbst' },
    next: startAgain,
  },
  'update.recovery-only': {
    title: { en: 'This unit can only be recovered', de: 'Dieses Gerät lässt sich nur wiederherstellen' },
    next: {
      en: 'Ask an approver to approve a recovery.',
      de: 'Bitten Sie eine freigebende Person um die Freigabe einer Wiederherstellung.',
    },
  },
  'update.recovery-failed': {
    title: { en: 'There is no old firmware to go back to', de: 'Es gibt keine alte Firmware, zu der es zurückginge' },
    next: setAside,
  },
  'update.swap-pending': {
    title: {
      en: 'The unit changes its firmware at the next power-up',
      de: 'Das Gerät wechselt beim nächsten Einschalten die Firmware',
    },
    next: {
      en: 'Switch it off and on at this place, then go on.',
      de: 'Schalten Sie es an diesem Platz aus und ein und setzen Sie fort.',
    },
  },
  'update.not-reverted': {
    title: { en: 'The old firmware did not come back', de: 'Die alte Firmware kam nicht zurück' },
    next: {
      en: 'The new one still runs. Do not use the unit; have it examined.',
      de: 'Die neue läuft noch. Benutzen Sie das Gerät nicht; lassen Sie es untersuchen.',
    },
  },
  'update.no-bootable-image': {
    title: { en: 'The unit has no firmware that starts', de: 'Das Gerät hat keine Firmware, die startet' },
    next: {
      en: 'Ask an approver to approve a recovery.',
      de: 'Bitten Sie eine freigebende Person um die Freigabe einer Wiederherstellung.',
    },
  },
  'update.no-contact': {
    title: {
      en: 'The unit has not been heard of since it restarted',
      de: 'Seit dem Neustart ist vom Gerät nichts zu hören',
    },
    next: {
      en: 'Switch it off and on at this place, then go on.',
      de: 'Schalten Sie es an diesem Platz aus und ein und setzen Sie fort.',
    },
  },
  'update.interrupted': {
    title: { en: 'The job was interrupted', de: 'Der Auftrag wurde unterbrochen' },
    next: startAgain,
  },
  'update.cancelled': { title: { en: 'A person cancelled it', de: 'Ein Mensch hat abgebrochen' }, next: nothingToDo },
  'update.internal-error': {
    title: { en: 'Drydock made an error of its own', de: 'Drydock hat selbst einen Fehler gemacht' },
    next: {
      en: 'Start again. If it happens again, send the report to an administrator.',
      de: 'Starten Sie noch einmal. Geschieht es wieder, schicken Sie den Bericht an die Administration.',
    },
  },
  'update.unit-unknown': {
    title: { en: 'No job of this station has read the unit', de: 'Kein Auftrag dieser Station hat das Gerät gelesen' },
    next: lookUp,
  },
} as const satisfies RefusalTable;
