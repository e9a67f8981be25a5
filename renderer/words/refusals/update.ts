import type { updateErrors } from '../../../contract/error-code/update.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable } from './refusal-table.ts';
import { updateOutcomeRefusals } from './update-outcome.ts';

export const updateRefusals = {
  ...updateOutcomeRefusals,
  'update.job-unknown': {
    title: { en: 'There is no such job', de: 'Diesen Auftrag gibt es nicht' },
    next: nextSteps.lookAgain,
  },
  'update.bundle-unknown': {
    title: { en: 'The station does not have this bundle', de: 'Die Station hat dieses Bundle nicht' },
    next: {
      en: 'Nothing was written. Import the bundle, then start again.',
      de: 'Es wurde nichts geschrieben. Importieren Sie das Bundle, dann beginnen Sie neu.',
    },
  },
  'update.not-indeterminate': {
    title: { en: 'This unit does not have to be given up', de: 'Dieses Gerät muss nicht aufgegeben werden' },
    next: {
      en: 'What it runs is known. Resume the job, or cancel it where that is still possible.',
      de: 'Es ist bekannt, was darauf läuft. Setzen Sie den Auftrag fort, oder brechen Sie ihn ab, solange das geht.',
    },
  },
  'update.abandoned': {
    title: { en: 'An operator gave the unit up', de: 'Ein Operator hat das Gerät aufgegeben' },
    next: nextSteps.outOfService,
  },
  'update.stopping': {
    title: { en: 'Drydock is closing', de: 'Drydock wird gerade beendet' },
    next: {
      en: 'Nothing is started any more. Start Drydock again; open jobs can be resumed.',
      de: 'Es wird nichts mehr begonnen. Starten Sie Drydock neu; offene Aufträge lassen sich fortsetzen.',
    },
  },
  'update.several-images': {
    title: { en: 'The bundle has several images for this unit', de: 'Das Bundle hat mehrere Images für dieses Gerät' },
    next: {
      en: 'Nothing was written. Ask the vendor for a bundle with one image for this hardware.',
      de: 'Es wurde nichts geschrieben. Bitten Sie den Hersteller um ein Bundle mit einem Image für diese Hardware.',
    },
  },
  'update.job-closed': {
    title: { en: 'The job has ended', de: 'Der Auftrag ist beendet' },
    next: {
      en: 'Its result stands in the history. Start a new job if the unit needs one.',
      de: 'Sein Ergebnis steht im Verlauf. Beginnen Sie einen neuen Auftrag, wenn das Gerät einen braucht.',
    },
  },
  'update.job-running': {
    title: { en: 'The job is being worked on right now', de: 'An dem Auftrag wird gerade gearbeitet' },
    next: { en: 'Wait until it ends or needs you.', de: 'Warten Sie, bis er endet oder auf Sie wartet.' },
  },
  'update.put-back': {
    title: { en: 'An operator had the old firmware put back', de: 'Ein Operator ließ die alte Firmware zurückspielen' },
    next: {
      en: 'Start a new job if the unit is to be updated after all.',
      de: 'Beginnen Sie einen neuen Auftrag, wenn das Gerät doch aktualisiert werden soll.',
    },
  },
  'update.not-on-trial': {
    title: {
      en: 'The old firmware cannot be put back now',
      de: 'Die alte Firmware lässt sich jetzt nicht zurückspielen',
    },
    next: {
      en: 'That is possible during the test boot only. An older version needs an approved downgrade.',
      de: 'Das geht nur während des Probelaufs. Eine ältere Version braucht eine freigegebene Rückstufung.',
    },
  },
  'update.not-cancellable': {
    title: { en: 'It is too late to cancel', de: 'Zum Abbrechen ist es zu spät' },
    next: {
      en: 'Let the job come to its end. During the test boot the old firmware can be put back.',
      de: 'Lassen Sie den Auftrag zu Ende gehen. Während des Probelaufs lässt sich die alte Firmware zurückspielen.',
    },
  },
  'update.position-busy': {
    title: {
      en: 'A job at this place, or of this unit, is still open',
      de: 'An diesem Platz oder Gerät ist noch ein Auftrag offen',
    },
    next: { en: 'Resume or end that job first.', de: 'Setzen Sie zuerst jenen Auftrag fort, oder beenden Sie ihn.' },
  },
  'update.wrong-product': {
    title: { en: 'The bundle is for another product', de: 'Das Bundle ist für ein anderes Produkt' },
    next: nextSteps.otherBundle,
  },
  'update.not-compatible': {
    title: { en: 'The bundle has no image for this hardware', de: 'Das Bundle hat kein Image für diese Hardware' },
    next: nextSteps.otherBundle,
  },
  'update.image-not-bootable': {
    title: {
      en: 'The unit’s boot loader cannot start this kind of image',
      de: 'Der Bootloader des Geräts kann diese Art Image nicht starten',
    },
    next: nextSteps.otherBundle,
  },
  'update.slot-unknown': {
    title: {
      en: 'The unit has no slot of that name for the image',
      de: 'Das Gerät hat für das Image keinen Speicherbereich dieses Namens',
    },
    next: nextSteps.otherBundle,
  },
  'update.slot-too-small': {
    title: { en: 'The image is too large for the unit', de: 'Das Image ist zu groß für das Gerät' },
    next: nextSteps.otherBundle,
  },
  'update.unit-unsettled': {
    title: {
      en: 'The unit has not finished an earlier update',
      de: 'Das Gerät ist mit einer früheren Aktualisierung nicht fertig',
    },
    next: {
      en: 'Nothing was written. Switch the unit off and on and start again; if it stays so, ask its vendor.',
      de: 'Es wurde nichts geschrieben. Schalten Sie das Gerät aus und ein und beginnen Sie neu; bleibt es so, fragen Sie den Hersteller.',
    },
  },
  'update.other-bench': {
    title: { en: 'This job belongs to the other bench', de: 'Dieser Auftrag gehört zur anderen Werkbank' },
    next: {
      en: 'Training jobs go on in training, jobs of real units at the station.',
      de: 'Aufträge der Übung gehen in der Übung weiter, Aufträge echter Geräte an der Station.',
    },
  },
  'update.other-unit': {
    title: { en: 'Another unit is at the job’s place', de: 'Am Platz des Auftrags steht ein anderes Gerät' },
    next: nextSteps.plugBack,
  },
  'update.bundle-expired': {
    title: { en: 'The bundle has expired', de: 'Das Bundle ist abgelaufen' },
    next: {
      en: 'Ask the vendor for the current release.',
      de: 'Bitten Sie den Hersteller um den aktuellen Stand.',
    },
  },
  'update.recovery-only': {
    title: { en: 'This unit can only be recovered', de: 'Dieses Gerät lässt sich nur wiederherstellen' },
    next: {
      en: 'Nothing was written. Ask for an approval of a recovery.',
      de: 'Es wurde nichts geschrieben. Bitten Sie um die Freigabe einer Wiederherstellung.',
    },
  },
  'update.interrupted': {
    title: { en: 'The job was interrupted', de: 'Der Auftrag wurde unterbrochen' },
    next: nextSteps.startAgain,
  },
  'update.cancelled': {
    title: { en: 'An operator cancelled the job', de: 'Ein Operator hat den Auftrag abgebrochen' },
    next: {
      en: 'If the unit is still in update mode, switch it off and on.',
      de: 'Ist das Gerät noch im Aktualisierungsmodus, schalten Sie es aus und ein.',
    },
  },
  'update.internal-error': {
    title: { en: 'Drydock had an internal error', de: 'In Drydock ist ein interner Fehler aufgetreten' },
    next: {
      en: 'Resume the job. If it happens again, restart Drydock and report the text with the code.',
      de: 'Setzen Sie den Auftrag fort. Geschieht es wieder, starten Sie Drydock neu und melden Sie den Text mit dem Code.',
    },
  },
  'update.unit-unknown': {
    title: { en: 'This station has no record of this unit', de: 'Diese Station weiß nichts von diesem Gerät' },
    next: {
      en: 'Compare serial number and product with the label.',
      de: 'Vergleichen Sie Seriennummer und Produkt mit dem Etikett.',
    },
  },
} as const satisfies RefusalTable<keyof typeof updateErrors>;
