import type { deviceErrors } from '../../../contract/error-code/device.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable } from './refusal-table.ts';

/** What the station knows of units: their profiles, and the places of its bench. */
export const deviceProfileRefusals = {
  'device.profile-invalid': {
    title: {
      en: 'A device profile does not have its documented form',
      de: 'Ein Geräteprofil hat nicht die dokumentierte Form',
    },
    next: nextSteps.checkProfile,
  },
  'device.profile-overlap': {
    title: { en: 'Two device profiles are for the same units', de: 'Zwei Geräteprofile sind für dieselben Geräte' },
    next: {
      en: 'An administrator decides which of the two in the text is to stay.',
      de: 'Ein Administrator entscheidet, welches der beiden im Text bleibt.',
    },
  },
  'device.profile-superseded': {
    title: {
      en: 'A newer bundle brings a newer device profile',
      de: 'Ein neueres Bundle bringt ein neueres Geräteprofil',
    },
    next: {
      en: 'Use the newer bundle that the text names.',
      de: 'Benutzen Sie das neuere Bundle, das der Text nennt.',
    },
  },
  'device.profile-not-in-force': {
    title: {
      en: 'The device profile for this unit is not in force now',
      de: 'Das Geräteprofil dieses Geräts gilt jetzt nicht',
    },
    next: {
      en: 'Nothing was done to the unit. The bundle that brings the profile must be valid and approved for every unit.',
      de: 'Am Gerät wurde nichts getan. Das Bundle, das das Profil mitbringt, muss gültig und für alle Geräte freigegeben sein.',
    },
  },
  'device.profile-lost': {
    title: { en: 'The device profile of this job is gone', de: 'Das Geräteprofil dieses Auftrags ist weg' },
    next: {
      en: 'The unit is left as it is. An administrator puts the profile back; then resume the job.',
      de: 'Das Gerät bleibt, wie es ist. Ein Administrator legt das Profil zurück; setzen Sie dann den Auftrag fort.',
    },
  },
  'device.profile-changed': {
    title: {
      en: 'The unit’s device profile is not the one the job began with',
      de: 'Das Gerät hat ein anderes Geräteprofil als zu Beginn des Auftrags',
    },
    next: {
      en: 'The unit is left as it is. Do what the text says, then resume the job.',
      de: 'Das Gerät bleibt, wie es ist. Tun Sie, was der Text sagt, und setzen Sie den Auftrag fort.',
    },
  },
  'device.place-unknown': {
    title: { en: 'The bench has no such place', de: 'Die Werkbank hat diesen Platz nicht' },
    next: nextSteps.lookAgain,
  },
  'device.place-taken': {
    title: {
      en: 'Another place has this name, number or port',
      de: 'Ein anderer Platz hat diesen Namen, diese Nummer oder diesen Anschluss',
    },
    next: {
      en: 'Take another one, or forget that place first.',
      de: 'Nehmen Sie etwas anderes, oder vergessen Sie zuerst jenen Platz.',
    },
  },
  'device.place-held': {
    title: { en: 'A job at this place is still open', de: 'An diesem Platz ist noch ein Auftrag offen' },
    next: {
      en: 'Nothing was changed. Plug its unit in there, end the job, then move the place.',
      de: 'Nichts wurde geändert. Stecken Sie dort sein Gerät an, beenden Sie den Auftrag, dann verlegen Sie den Platz.',
    },
  },
  'device.udev-foreign': {
    title: { en: 'The rules file there is not Drydock’s', de: 'Die Regeldatei dort ist nicht von Drydock' },
    next: {
      en: 'It was left as it is. Move it away, or give another name.',
      de: 'Sie blieb, wie sie ist. Verschieben Sie sie, oder geben Sie einen anderen Namen an.',
    },
  },
  'device.profile-ambiguous': {
    title: { en: 'Several device profiles fit this unit', de: 'Mehrere Geräteprofile passen auf dieses Gerät' },
    next: {
      en: 'Nothing was done to it. Choose the bundle of its product; if that does not help, ask an administrator.',
      de: 'Es wurde nichts daran getan. Wählen Sie das Bundle seines Produkts; hilft das nicht, fragen Sie einen Administrator.',
    },
  },
  'device.profile-unknown': {
    title: {
      en: 'The profile for the recovered unit is missing',
      de: 'Das Profil für das wiederhergestellte Gerät fehlt',
    },
    next: nextSteps.checkProfile,
  },
} as const satisfies Partial<RefusalTable<keyof typeof deviceErrors>>;
