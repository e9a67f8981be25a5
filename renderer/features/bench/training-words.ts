import type { WordTable } from '../../words/words.ts';

export const trainingWords = {
  open: { en: 'Training units…', de: 'Übungsgeräte…' },
  title: { en: 'Units of the training bench', de: 'Geräte der Übungswerkbank' },
  lead: {
    en: 'They are virtual; you plug and unplug them here. What goes wrong is chosen in the details of a unit.',
    de: 'Sie sind virtuell; hier stecken und ziehen Sie ihre Kabel. Was schiefgehen soll, wählen Sie in den Details eines Geräts.',
  },
  pluggedAt: { en: 'Plugged in at port {port}', de: 'Angesteckt an Anschluss {port}' },
  loose: { en: 'Not plugged in', de: 'Nicht angesteckt' },
  older: {
    en: 'Of an older series: it can be read only out of operation, and has to be switched off and on.',
    de: 'Aus einer älteren Serie: Es ist nur außer Betrieb lesbar und muss aus- und eingeschaltet werden.',
  },
  pull: { en: 'Pull cable', de: 'Kabel ziehen' },
  plug: { en: 'Plug in', de: 'Anstecken' },
  nameOf: { en: '{action}: {serial}', de: '{action}: {serial}' },
  port: { en: 'Port to plug into', de: 'Anschluss zum Stecken' },
  portOf: { en: 'Port {port}', de: 'Anschluss {port}' },
  samePort: { en: 'Where it was', de: 'Wo es war' },
  section: { en: 'Training', de: 'Übung' },
  fault: { en: 'What goes wrong', de: 'Was schiefgehen soll' },
  noFault: { en: 'Nothing', de: 'Nichts' },
  noFaultText: { en: 'The unit does what it should.', de: 'Das Gerät tut, was es soll.' },
  unitWill: { en: 'The unit', de: 'Das Gerät' },
  stationShould: { en: 'The station', de: 'Die Station' },
  takeBack: { en: 'Take the fault back', de: 'Fehler zurücknehmen' },
  mark: { en: 'Will go wrong: {fault}', de: 'Geht schief: {fault}' },
  markCome: { en: 'Went wrong: {fault}', de: 'Ging schief: {fault}' },
} as const satisfies WordTable;
