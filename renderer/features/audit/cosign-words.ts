import type { WordTable } from '../../words/words.ts';

export const cosignWords = {
  compare: { en: 'Compare checkpoint', de: 'Prüfpunkt vergleichen' },
  compareTitle: { en: 'Compare with a kept checkpoint', de: 'Mit aufbewahrtem Prüfpunkt vergleichen' },
  compareText: {
    en: 'Choose a checkpoint of this station that was kept elsewhere, or drop it on the window. The log must still begin with what was signed then.',
    de: 'Wählen Sie einen Prüfpunkt dieser Station, der außerhalb aufbewahrt wurde, oder legen Sie ihn auf dem Fenster ab. Das Protokoll muss noch mit dem beginnen, was damals unterschrieben wurde.',
  },
  choose: { en: 'Choose checkpoint', de: 'Prüfpunkt wählen' },
  chooseOther: { en: 'Choose another checkpoint', de: 'Anderen Prüfpunkt wählen' },
  dropHere: { en: 'Drop the checkpoint or key here', de: 'Prüfpunkt oder Schlüssel hier ablegen' },
  comparing: { en: 'The log is being compared', de: 'Das Protokoll wird verglichen' },
  result: { en: 'Result of the comparison', de: 'Ergebnis des Vergleichs' },
  fits: { en: 'The log fits it', de: 'Das Protokoll passt dazu' },
  stillBegins: {
    en: {
      one: 'The log still begins with the one event that was signed.',
      other: 'The log still begins with the {count} events that were signed.',
    },
    de: {
      one: 'Das Protokoll beginnt noch mit dem einen Ereignis, das unterschrieben wurde.',
      other: 'Das Protokoll beginnt noch mit den {count} Ereignissen, die unterschrieben wurden.',
    },
  },
  newerEvents: {
    en: { one: '{count} event came after it.', other: '{count} events came after them.' },
    de: { one: '{count} Ereignis kam danach.', other: '{count} Ereignisse kamen danach.' },
  },
  nothingNewer: { en: 'Nothing came after that.', de: 'Danach kam nichts mehr.' },
  cosigned: { en: 'Cosigned by {name} on {time}.', de: 'Gegengezeichnet von {name} am {time}.' },
  cosignedNever: {
    en: 'Cosigned by {name}, at an impossible time.',
    de: 'Gegengezeichnet von {name}, zu einer unmöglichen Zeit.',
  },
  ownOnly: {
    en: 'Signed by this station. No witness that is confirmed here or given below has cosigned it.',
    de: 'Unterschrieben von dieser Station. Kein hier bestätigter oder unten angegebener Zeuge hat gegengezeichnet.',
  },
  notCosigned: { en: 'Not cosigned by {name}.', de: 'Nicht gegengezeichnet von {name}.' },
  witnessKeys: { en: 'Witness keys', de: 'Schlüssel von Zeugen' },
  witnessKeysHint: {
    en: 'Only if cosignatures are to count: name+number+key, one per line, as the witness gave it to you.',
    de: 'Nur, wenn Gegenzeichnungen zählen sollen: Name+Nummer+Schlüssel, einer je Zeile, wie der Zeuge ihn gab.',
  },
  chooseKey: { en: 'Add key from a file', de: 'Schlüssel aus Datei hinzufügen' },
  tooManyKeys: { en: 'At most {count} keys at once.', de: 'Höchstens {count} Schlüssel auf einmal.' },
  write: { en: 'Write checkpoint to a folder', de: 'Prüfpunkt in einen Ordner schreiben' },
  writeText: {
    en: 'A new checkpoint and the key that verifies it, as two files on a removable medium.',
    de: 'Ein neuer Prüfpunkt und der Schlüssel, der ihn prüft, als zwei Dateien auf einem Wechselmedium.',
  },
  covers: {
    en: { one: 'It covers the one event of the log.', other: 'It covers {count} events.' },
    de: { one: 'Er umfasst das eine Ereignis des Protokolls.', other: 'Er umfasst {count} Ereignisse.' },
  },
} as const satisfies WordTable;
