import type { WordTable } from '../../words/words.ts';

export const orderWords = {
  open: { en: 'Standing orders', de: 'Daueraufträge' },
  what: {
    en: 'A standing order starts the next unit at a place by itself and in your name, as long as it is approved for the work order and you stay logged in.',
    de: 'Ein Dauerauftrag startet das nächste Gerät, das an einen Platz kommt, von selbst in Ihrem Namen, solange es für den Arbeitsauftrag freigegeben ist und Sie angemeldet bleiben.',
  },
  standing: { en: 'In force now', de: 'Jetzt in Kraft' },
  none: { en: 'No standing order.', de: 'Kein Dauerauftrag.' },
  order: { en: '{release} under {workOrder}', de: '{release} unter {workOrder}' },
  places: { en: 'Places', de: 'Plätze' },
  openedBy: { en: 'Placed by', de: 'Erteilt von' },
  endsAt: { en: 'Ends', de: 'Endet' },
  started: { en: 'Started', de: 'Gestartet' },
  startedSoFar: {
    en: { one: '{count} unit', other: '{count} units' },
    de: { one: '{count} Gerät', other: '{count} Geräte' },
  },
  startedOf: {
    en: { one: '{started} of {count} unit', other: '{started} of {count} units' },
    de: { one: '{started} von {count} Gerät', other: '{started} von {count} Geräten' },
  },
  withdraw: { en: 'Withdraw order', de: 'Auftrag zurücknehmen' },
  withdrawn: {
    en: 'The standing order was withdrawn. Jobs that it started go on.',
    de: 'Der Dauerauftrag wurde zurückgenommen. Aufträge, die er gestartet hat, laufen weiter.',
  },
  place: { en: 'Place a standing order', de: 'Dauerauftrag erteilen' },
  placed: { en: 'The standing order is in force.', de: 'Der Dauerauftrag ist in Kraft.' },
  selectFirst: {
    en: 'Select the places first: Space on each, or Ctrl A. Empty places can be selected too.',
    de: 'Wählen Sie zuerst die Plätze: Leertaste auf jedem, oder Strg A. Auch leere Plätze lassen sich wählen.',
  },
  noBundle: {
    en: 'No bundle was imported. Import one under Bundles.',
    de: 'Es wurde kein Bundle importiert. Importieren Sie eines unter Bundles.',
  },
  workOrder: { en: 'Work order', de: 'Arbeitsauftrag' },
  workOrderMissing: {
    en: 'None yet: enter it on the bench (F4).',
    de: 'Noch keiner: Geben Sie ihn an der Werkbank ein (F4).',
  },
  bundle: { en: 'Each unit gets', de: 'Jedes Gerät bekommt' },
  bundleOption: { en: '{product} {release}', de: '{product} {release}' },
  units: { en: 'Number of units, at most', de: 'Anzahl der Geräte, höchstens' },
  unitsHint: { en: '1 to 1000. Empty: as many as come.', de: '1 bis 1000. Leer: so viele, wie kommen.' },
  unitsForm: { en: 'Enter a whole number from 1 to 1000.', de: 'Geben Sie eine ganze Zahl von 1 bis 1000 ein.' },
  until: { en: 'Until', de: 'Bis' },
  untilLogOut: { en: 'I log out', de: 'ich mich abmelde' },
  untilHours: {
    en: { one: '{count} hour from now', other: '{count} hours from now' },
    de: { one: 'in {count} Stunde', other: 'in {count} Stunden' },
  },
  present: { en: 'Also start units that are there now', de: 'Auch Geräte starten, die jetzt dort stehen' },
  waits: {
    en: 'Next unit: {release}, standing order {workOrder}',
    de: 'Nächstes Gerät: {release}, Dauerauftrag {workOrder}',
  },
  waitsForJob: {
    en: 'Then the next unit, standing order {workOrder}',
    de: 'Danach das nächste Gerät, Dauerauftrag {workOrder}',
  },
  withheldBecause: {
    en: 'Standing order {workOrder} did not start this unit: {reason}.',
    de: 'Dauerauftrag {workOrder} hat dieses Gerät nicht gestartet: {reason}.',
  },
  /** Before the station’s own words. */
  withheld: {
    en: 'Standing order {workOrder} did not start this unit:',
    de: 'Dauerauftrag {workOrder} hat dieses Gerät nicht gestartet:',
  },
} as const satisfies WordTable;
