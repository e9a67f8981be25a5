import type { WordTable } from '../words.ts';

/** What to do, where several refusals lead to the same step. */
export const nextSteps = {
  askVendor: {
    en: 'The vendor of the bundle has to make it again. Send them the text with the code.',
    de: 'Der Hersteller des Bundles muss es neu machen. Schicken Sie ihm den Text mit dem Code.',
  },
  doNotUse: {
    en: 'Do not use this file. Tell the sender, and whoever is responsible for security here.',
    de: 'Benutzen Sie diese Datei nicht. Sagen Sie es dem Absender und dem, der hier für die Sicherheit verantwortlich ist.',
  },
  askSender: {
    en: 'Nothing was changed. Send the text with the code to whoever made the file.',
    de: 'Nichts wurde geändert. Schicken Sie den Text mit dem Code an den, der die Datei gemacht hat.',
  },
  askUnitVendor: {
    en: 'Nothing more was written. Set the unit aside and send its vendor the text with the code.',
    de: 'Es wurde nichts weiter geschrieben. Legen Sie das Gerät beiseite und schicken Sie seinem Hersteller den Text mit dem Code.',
  },
  outOfService: {
    en: 'Take the unit out of service until its vendor has examined it.',
    de: 'Nehmen Sie das Gerät außer Betrieb, bis sein Hersteller es untersucht hat.',
  },
  checkProfile: {
    en: 'Nothing more was written. Ask an administrator to check the unit’s device profile with its vendor.',
    de: 'Es wurde nichts weiter geschrieben. Bitten Sie einen Administrator, das Geräteprofil mit dem Hersteller zu prüfen.',
  },
  otherBundle: {
    en: 'Nothing was written. Choose the bundle that is made for this unit, or ask its vendor for one.',
    de: 'Es wurde nichts geschrieben. Wählen Sie das Bundle für dieses Gerät, oder bitten Sie den Hersteller darum.',
  },
  checkCable: {
    en: 'Check cable and power, then resume the job or start again.',
    de: 'Prüfen Sie Kabel und Strom; setzen Sie den Auftrag dann fort, oder beginnen Sie neu.',
  },
  powerCycle: {
    en: 'Switch the unit off and on again, then resume the job or start again.',
    de: 'Schalten Sie das Gerät aus und wieder ein; setzen Sie den Auftrag dann fort, oder beginnen Sie neu.',
  },
  startAgain: {
    en: 'Start the update again. If it happens again, set the unit aside and ask its vendor.',
    de: 'Beginnen Sie die Aktualisierung neu. Geschieht es wieder, legen Sie das Gerät beiseite und fragen Sie seinen Hersteller.',
  },
  plugBack: {
    en: 'Nothing more was written. Plug the job’s own unit in at its place, then resume the job.',
    de: 'Es wurde nichts weiter geschrieben. Stecken Sie das Gerät des Auftrags wieder an seinen Platz und setzen Sie ihn fort.',
  },
  beforeOthers: {
    en: 'Ask the vendor of the bundle before you try it on other units. Send them the text with the code.',
    de: 'Fragen Sie den Hersteller des Bundles, bevor Sie es auf anderen Geräten versuchen. Schicken Sie ihm den Text mit dem Code.',
  },
  askAdministrator: {
    en: 'Nothing was changed. Ask an administrator.',
    de: 'Nichts wurde geändert. Fragen Sie einen Administrator.',
  },
  askForApproval: {
    en: 'Nothing was written. Ask somebody who may approve to sign an approval that fits.',
    de: 'Es wurde nichts geschrieben. Bitten Sie jemanden mit Freigaberecht um eine passende Freigabe.',
  },
  stopWork: {
    en: 'Stop working at this station, leave the data folder as it is, and tell your auditor.',
    de: 'Arbeiten Sie an dieser Station nicht weiter, lassen Sie den Datenordner, wie er ist, und verständigen Sie die Prüfstelle.',
  },
  lookAgain: {
    en: 'Look at the list again and choose another.',
    de: 'Sehen Sie noch einmal in die Liste und wählen Sie neu.',
  },
  correctInput: {
    en: 'Nothing was changed. Correct what the text names, and send it again.',
    de: 'Nichts wurde geändert. Berichtigen Sie, was der Text nennt, und schicken Sie es noch einmal ab.',
  },
  logIn: { en: 'Log in; updates that run go on.', de: 'Melden Sie sich an; laufende Aktualisierungen gehen weiter.' },
} as const satisfies WordTable;
