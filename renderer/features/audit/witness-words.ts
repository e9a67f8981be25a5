import type { WordTable } from '../../words/words.ts';

export const witnessWords = {
  witnesses: { en: 'Witnesses', de: 'Zeugen' },
  lead: {
    en: 'A second station cosigns what this log says now. A log that is later put back or rewritten no longer fits that, whoever did it.',
    de: 'Eine zweite Station zeichnet gegen, was dieses Protokoll jetzt sagt. Ein später zurückgesetztes oder neu geschriebenes Protokoll passt nicht mehr dazu, wer auch immer das tat.',
  },
  back: { en: 'Back to the log', de: 'Zurück zum Protokoll' },
  reading: { en: 'Cosignatures are being verified', de: 'Gegenzeichnungen werden geprüft' },
  ask: { en: 'Ask for a cosignature', de: 'Um Gegenzeichnung bitten' },
  takeIn: { en: 'Take in a cosignature', de: 'Gegenzeichnung übernehmen' },
  cosign: { en: 'Cosign another station', de: 'Andere Station gegenzeichnen' },
  dropHere: {
    en: 'Drop a request, a cosigned checkpoint or a key',
    de: 'Anfrage, Gegenzeichnung oder Schlüssel ablegen',
  },
  cosignatures: { en: 'Who cosigned this log', de: 'Wer dieses Protokoll gegengezeichnet hat' },
  none: { en: 'Nobody has cosigned this log yet', de: 'Noch hat niemand dieses Protokoll gegengezeichnet' },
  noneText: {
    en: 'Write a request onto a removable medium, have it cosigned at another station, and take in the file that comes back.',
    de: 'Schreiben Sie eine Anfrage auf ein Wechselmedium, lassen Sie sie an einer anderen Station gegenzeichnen und übernehmen Sie die Datei, die zurückkommt.',
  },
  cosigned: { en: 'Cosigned', de: 'Gegengezeichnet' },
  countsNot: { en: 'Does not count', de: 'Zählt nicht' },
  by: { en: 'By', de: 'Von' },
  when: { en: 'When', de: 'Wann' },
  covers: { en: 'Covers', de: 'Umfasst' },
  coversOf: {
    en: { one: '{size} of the one event', other: '{size} of {count} events' },
    de: { one: '{size} von dem einen Ereignis', other: '{size} von {count} Ereignissen' },
  },
  vouched: {
    en: 'Cosigned by {witness} up to event {size}.',
    de: 'Gegengezeichnet von {witness} bis Ereignis {size}.',
  },
  vouchedOthers: {
    en: {
      one: '{count} further witness has cosigned it, not further than that.',
      other: '{count} further witnesses have cosigned it, not further than that.',
    },
    de: {
      one: '{count} weiterer Zeuge hat gegengezeichnet, nicht weiter als bis dahin.',
      other: '{count} weitere Zeugen haben gegengezeichnet, nicht weiter als bis dahin.',
    },
  },
  notVouched: { en: 'No witness vouches for the log.', de: 'Kein Zeuge bürgt für das Protokoll.' },
  uncounted: {
    en: {
      one: '{count} kept cosignature does not count: the key of its witness was removed.',
      other: '{count} kept cosignatures do not count: the keys of their witnesses were removed.',
    },
    de: {
      one: '{count} aufbewahrte Gegenzeichnung zählt nicht: Der Schlüssel ihres Zeugen wurde entfernt.',
      other: '{count} aufbewahrte Gegenzeichnungen zählen nicht: Die Schlüssel ihrer Zeugen wurden entfernt.',
    },
  },
  noTime: { en: 'an impossible time', de: 'unmögliche Zeit' },
  taken: {
    en: { one: 'Taken in: it covers {size} of the one event.', other: 'Taken in: it covers {size} of {count} events.' },
    de: {
      one: 'Übernommen: Sie umfasst {size} von dem einen Ereignis.',
      other: 'Übernommen: Sie umfasst {size} von {count} Ereignissen.',
    },
  },
  others: { en: 'Logs that this station has cosigned', de: 'Protokolle, die diese Station gegengezeichnet hat' },
  othersNone: {
    en: 'None. Choose the request of another station, whose key is confirmed below.',
    de: 'Keines. Wählen Sie die Anfrage einer anderen Station, deren Schlüssel unten bestätigt ist.',
  },
  log: { en: 'Log', de: 'Protokoll' },
  events: {
    en: { one: '{count} event', other: '{count} events' },
    de: { one: '{count} Ereignis', other: '{count} Ereignisse' },
  },
  root: { en: 'Root hash', de: 'Wurzelhash' },
  cosignedNow: {
    en: '{count} events of {origin} are cosigned; {from} were before.',
    de: '{count} Ereignisse von {origin} sind gegengezeichnet; {from} waren es schon.',
  },
  keys: { en: 'Keys that are confirmed here', de: 'Schlüssel, die hier bestätigt sind' },
  keysNone: {
    en: 'None. The key of a log comes with its request, the key of a witness with its cosignature.',
    de: 'Keine. Der Schlüssel eines Protokolls kommt mit der Anfrage, der eines Zeugen mit der Gegenzeichnung.',
  },
  readOnly: {
    en: 'Only an administrator confirms keys.',
    de: 'Schlüssel bestätigt nur ein Administrator.',
  },
  ofLog: { en: 'Log', de: 'Protokoll' },
  ofWitness: { en: 'Witness', de: 'Zeuge' },
  fingerprint: { en: 'Fingerprint (SHA-256)', de: 'Fingerabdruck (SHA-256)' },
  fingerprintOf: { en: 'fingerprint of {name}', de: 'Fingerabdruck von {name}' },
  confirmed: { en: 'Confirmed', de: 'Bestätigt' },
  confirmedBy: { en: '{time} by {name}', de: '{time} von {name}' },
  own: { en: 'Keys of this station', de: 'Schlüssel dieser Station' },
  ownText: {
    en: 'Read these fingerprints out to the other station, by phone or from paper, when it confirms the keys.',
    de: 'Lesen Sie diese Fingerabdrücke der anderen Station vor, am Telefon oder vom Papier, wenn sie die Schlüssel bestätigt.',
  },
  ownLog: { en: 'Its log', de: 'Ihr Protokoll' },
  ownWitness: { en: 'As a witness', de: 'Als Zeuge' },
  confirmKey: { en: 'Confirm a key', de: 'Schlüssel bestätigen' },
  confirmText: {
    en: 'First choose the key file of the other station (.vkey). That alone trusts nothing.',
    de: 'Wählen Sie zuerst die Schlüsseldatei der anderen Station (.vkey). Damit wird noch keinem vertraut.',
  },
  chooseKey: { en: 'Choose key', de: 'Schlüssel wählen' },
  chooseOtherKey: { en: 'Choose another key', de: 'Anderen Schlüssel wählen' },
  isLog: {
    en: 'The key of a log: this station will cosign it',
    de: 'Schlüssel eines Protokolls: Diese Station wird es gegenzeichnen',
  },
  isWitness: {
    en: 'The key of a witness: its cosignatures will count',
    de: 'Schlüssel eines Zeugen: Seine Gegenzeichnungen werden zählen',
  },
  name: { en: 'Name', de: 'Name' },
  typed: { en: 'Fingerprint from the other station', de: 'Fingerabdruck von der anderen Station' },
  typedHint: {
    en: 'Type all 64 digits as the people there read them to you, not from the lines above: a file that was swapped shows its own.',
    de: 'Tippen Sie alle 64 Stellen ab, wie man sie Ihnen dort vorliest, nicht von oben: Eine vertauschte Datei zeigt ihren eigenen.',
  },
  confirmNow: { en: 'Confirm key', de: 'Schlüssel bestätigen' },
  confirmedNow: { en: 'The key is confirmed.', de: 'Der Schlüssel ist bestätigt.' },
  remove: { en: 'Remove', de: 'Entfernen' },
  removeKey: { en: 'Remove the key of {name}', de: 'Schlüssel von {name} entfernen' },
  removeAction: { en: 'Remove key', de: 'Schlüssel entfernen' },
  removeText: {
    en: 'This log is no longer cosigned here, or this witness no longer counts. What was cosigned stays known. Type the first eight digits of the fingerprint.',
    de: 'Von diesem Protokoll wird hier nichts mehr gegengezeichnet, oder dieser Zeuge zählt nicht mehr. Was gegengezeichnet wurde, bleibt bekannt. Tippen Sie die ersten acht Stellen des Fingerabdrucks.',
  },
  removed: { en: 'The key was removed.', de: 'Der Schlüssel wurde entfernt.' },
  requestText: {
    en: 'The request holds the newest checkpoint, and the proof that it continues what the witness has seen. Take it to the witness together with the key beside it.',
    de: 'Die Anfrage enthält den neuesten Prüfpunkt und den Beweis, dass er fortsetzt, was der Zeuge gesehen hat. Bringen Sie sie mit dem Schlüssel daneben zum Zeugen.',
  },
  forWhom: { en: 'Witness', de: 'Zeuge' },
  firstTime: { en: 'One that has not seen this log yet', de: 'Einer, der dieses Protokoll noch nicht kennt' },
  from: { en: 'Events that the witness has cosigned', de: 'Ereignisse, die der Zeuge gegengezeichnet hat' },
  fromHint: {
    en: 'Only if the witness named a number because its last cosignature was lost on the way.',
    de: 'Nur, wenn der Zeuge eine Zahl nannte, weil seine letzte Gegenzeichnung unterwegs verloren ging.',
  },
  fromWrong: { en: 'This is not a number of events.', de: 'Das ist keine Zahl von Ereignissen.' },
  writeRequest: { en: 'Write request to a folder', de: 'Anfrage in einen Ordner schreiben' },
  requested: {
    en: '{count} events are to be cosigned; the witness has seen {from}.',
    de: '{count} Ereignisse sind gegenzuzeichnen; der Zeuge hat {from} gesehen.',
  },
} as const satisfies WordTable;
