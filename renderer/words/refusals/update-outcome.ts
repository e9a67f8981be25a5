import type { updateErrors } from '../../../contract/error-code/update.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable } from './refusal-table.ts';

/** How a job ends, or waits. What the unit runs is said by the job's state, so that a title adds why, and the next step what now. */
export const updateOutcomeRefusals = {
  'update.read-back-mismatch': {
    title: {
      en: 'The unit did not store what was sent to it',
      de: 'Das Gerät hat nicht gespeichert, was gesendet wurde',
    },
    next: nextSteps.startAgain,
  },
  'update.image-not-booted': {
    title: {
      en: 'The unit’s boot loader refused the new firmware',
      de: 'Der Bootloader des Geräts hat die neue Firmware abgelehnt',
    },
    next: nextSteps.beforeOthers,
  },
  'update.unexpected-image': {
    title: {
      en: 'The unit runs neither the old nor the new firmware',
      de: 'Auf dem Gerät läuft weder die alte noch die neue Firmware',
    },
    next: nextSteps.outOfService,
  },
  'update.self-test-failed': {
    title: {
      en: 'The new firmware failed its self-test',
      de: 'Die neue Firmware hat ihren Selbsttest nicht bestanden',
    },
    next: nextSteps.beforeOthers,
  },
  'update.self-test-unreported': {
    title: {
      en: 'The unit cannot report the self-tests that the policy asks for',
      de: 'Das Gerät kann die verlangten Selbsttests nicht melden',
    },
    next: {
      en: 'Nothing was written. An administrator compares the policy with the device profile.',
      de: 'Es wurde nichts geschrieben. Ein Administrator vergleicht die Richtlinie mit dem Geräteprofil.',
    },
  },
  'update.self-test-timeout': {
    title: {
      en: 'The new firmware did not finish its self-test in time',
      de: 'Die neue Firmware wurde mit ihrem Selbsttest nicht rechtzeitig fertig',
    },
    next: nextSteps.beforeOthers,
  },
  'update.not-confirmed': {
    title: { en: 'The new firmware was not made permanent', de: 'Die neue Firmware wurde nicht dauerhaft gemacht' },
    next: nextSteps.beforeOthers,
  },
  'update.kept-unproven': {
    title: {
      en: 'The unit kept firmware that has not proven itself',
      de: 'Das Gerät hat Firmware behalten, die sich nicht bewährt hat',
    },
    next: nextSteps.outOfService,
  },
  'update.trial-ended': {
    title: { en: 'The unit ended the test boot by itself', de: 'Das Gerät hat den Probelauf von sich aus beendet' },
    next: nextSteps.beforeOthers,
  },
  'update.recovery-failed': {
    title: {
      en: 'The recovered firmware failed, and there is no old one',
      de: 'Die wiederhergestellte Firmware hat versagt, und es gibt keine alte',
    },
    next: nextSteps.outOfService,
  },
  'update.swap-pending': {
    title: {
      en: 'The unit changes its firmware at the next power-up',
      de: 'Das Gerät wechselt die Firmware erst beim nächsten Einschalten',
    },
    next: nextSteps.powerCycle,
  },
  'update.not-reverted': {
    title: {
      en: 'The unit did not go back to its old firmware',
      de: 'Das Gerät ist nicht zur alten Firmware zurückgekehrt',
    },
    next: {
      en: 'Keep the unit out of service and resume the job. If it stays so, ask its vendor.',
      de: 'Lassen Sie das Gerät außer Betrieb und setzen Sie den Auftrag fort. Bleibt es so, fragen Sie den Hersteller.',
    },
  },
  'update.no-bootable-image': {
    title: { en: 'The unit holds no firmware that starts', de: 'Auf dem Gerät ist keine Firmware, die startet' },
    next: {
      en: 'Give the job up and start a recovery.',
      de: 'Geben Sie den Auftrag auf und beginnen Sie eine Wiederherstellung.',
    },
  },
  'update.no-contact': {
    title: {
      en: 'The unit did not say what became of the new firmware',
      de: 'Das Gerät hat nicht gesagt, was aus der neuen Firmware wurde',
    },
    next: nextSteps.checkCable,
  },
} as const satisfies Partial<RefusalTable<keyof typeof updateErrors>>;
