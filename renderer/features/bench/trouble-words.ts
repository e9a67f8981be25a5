import type { WordTable } from '../../words/words.ts';

/** What a person at the bench has to do, or to know, where something is not as usual. */
export const troubleWords = {
  switchOffAndOn: { en: 'Switch this unit off and on now', de: 'Dieses Gerät jetzt aus- und einschalten' },
  goesOn: {
    en: 'Leave it at this place. The update goes on by itself.',
    de: 'Lassen Sie es an diesem Platz. Die Aktualisierung geht von selbst weiter.',
  },
  goesOnShort: {
    en: 'Leave it at this place; the update goes on by itself. The details say more.',
    de: 'Lassen Sie es an diesem Platz; es geht von selbst weiter. Mehr in den Details.',
  },
  powerOnly: { en: 'Power off and on, same place', de: 'Aus und ein, selber Platz' },
  twin: { en: 'Serial also at {places}', de: 'Seriennr. auch an {places}' },
  readTitle: { en: 'Stop the unit and read it', de: 'Gerät anhalten und lesen' },
  readText: {
    en: 'Units of this kind tell what they run only when they are out of operation. Reading stops what the unit is doing now. If somebody or something depends on it, wait.',
    de: 'Geräte dieser Art sagen nur außer Betrieb, was auf ihnen läuft. Das Lesen unterbricht, was das Gerät gerade tut. Hängt jemand oder etwas davon ab, warten Sie.',
  },
  readAfter: {
    en: 'Afterwards Drydock restarts the unit. If only its power switch can do that, the card asks you to.',
    de: 'Danach startet Drydock das Gerät neu. Wo das nur der Netzschalter kann, bittet die Karte Sie darum.',
  },
  readConfirm: {
    en: 'This unit may be taken out of operation now',
    de: 'Dieses Gerät darf jetzt außer Betrieb genommen werden',
  },
  readNow: { en: 'Take out of operation and read', de: 'Außer Betrieb nehmen und lesen' },
  readMayNot: {
    en: 'Only those who may start updates may take a unit out of operation.',
    de: 'Nur wer aktualisieren darf, darf ein Gerät außer Betrieb nehmen.',
  },
  readBusy: { en: 'The unit is being read. Do not unplug.', de: 'Das Gerät wird gelesen. Nicht abstecken.' },
  readStill: {
    en: 'The unit was read and is still out of operation. Switch it off and on, or start its update.',
    de: 'Das Gerät ist gelesen und noch außer Betrieb. Schalten Sie es aus und ein, oder starten Sie die Aktualisierung.',
  },
  readDone: { en: 'The unit was read and is in operation again.', de: 'Das Gerät ist gelesen und wieder in Betrieb.' },
} as const satisfies WordTable;
