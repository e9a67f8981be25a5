import type { WordTable } from '../../words/words.ts';

export const batchWords = {
  select: { en: 'Select', de: 'Wählen' },
  space: { en: 'Space', de: 'Leertaste' },
  selectAll: { en: 'Select all ready', de: 'Alle bereiten wählen' },
  clear: { en: 'Clear selection', de: 'Auswahl aufheben' },
  open: {
    en: { one: 'Start {count} update…', other: 'Start {count} updates…' },
    de: { one: '{count} Aktualisierung starten…', other: '{count} Aktualisierungen starten…' },
  },
  title: { en: 'Start several updates', de: 'Mehrere Aktualisierungen starten' },
  lead: {
    en: 'Each unit gets a job of its own under the work order {workOrder}; none waits for another.',
    de: 'Jedes Gerät bekommt einen eigenen Auftrag unter dem Arbeitsauftrag {workOrder}; keines wartet auf ein anderes.',
  },
  start: {
    en: { one: 'Start {count} update', other: 'Start {count} updates' },
    de: { one: '{count} Aktualisierung starten', other: '{count} Aktualisierungen starten' },
  },
  willStart: { en: 'Will be started', de: 'Wird gestartet' },
  leftOut: { en: 'Left out', de: 'Ausgelassen' },
  change: { en: '{before} becomes {after}', de: '{before} wird zu {after}' },
  recovery: {
    en: 'No firmware readable: recovered with {after}',
    de: 'Keine Firmware lesbar: wiederhergestellt mit {after}',
  },
  assetTag: { en: 'Asset tag {assetTag}', de: 'Inventarnummer {assetTag}' },
  hasJob: {
    en: 'Its job has not ended. No second one is started.',
    de: 'Sein Auftrag ist nicht zu Ende. Ein zweiter wird nicht gestartet.',
  },
  noneGoes: {
    en: 'Nothing can be started. The reason for each place is below.',
    de: 'Nichts kann gestartet werden. Der Grund steht unten bei jedem Platz.',
  },
  done: {
    en: '{started} of {all} started',
    de: '{started} von {all} gestartet',
  },
} as const satisfies WordTable;
