import type { Words } from '../../words/words.ts';

interface FaultWords {
  readonly name: Words;
  /** What the unit will do. */
  readonly does: Words;
  /** What the station should then do. */
  readonly then: Words;
}

const failsOnOld: Words = {
  en: 'The job should fail, say so, and leave the unit on its old firmware. Start it again afterwards.',
  de: 'Der Auftrag soll scheitern, das melden und das Gerät auf der alten Firmware lassen. Starten Sie ihn danach noch einmal.',
};

/** Each fault of the training bench, in plain words; the ids are those of main/training. */
export const faultWords = {
  'cable-pulled-and-back': {
    name: { en: 'Cable pulled, and back', de: 'Kabel gezogen und wieder gesteckt' },
    does: {
      en: 'Leaves the bus while firmware is written, and is back after four seconds.',
      de: 'Verschwindet beim Schreiben vom Bus und ist nach vier Sekunden zurück.',
    },
    then: failsOnOld,
  },
  'cable-pulled': {
    name: { en: 'Cable pulled', de: 'Kabel gezogen' },
    does: {
      en: 'Leaves the bus while firmware is written, and stays away until you plug it in.',
      de: 'Verschwindet beim Schreiben vom Bus und bleibt weg, bis Sie es anstecken.',
    },
    then: failsOnOld,
  },
  'power-cut': {
    name: { en: 'Power cut', de: 'Stromausfall' },
    does: {
      en: 'Loses its power in the middle of a write, and has it back after four seconds.',
      de: 'Verliert mitten im Schreiben den Strom und hat ihn nach vier Sekunden wieder.',
    },
    then: failsOnOld,
  },
  'transfer-stalls': {
    name: { en: 'Block rejected', de: 'Block abgewiesen' },
    does: { en: 'Rejects one block of the firmware.', de: 'Weist einen Block der Firmware ab.' },
    then: failsOnOld,
  },
  'no-answer': {
    name: { en: 'No answer', de: 'Keine Antwort' },
    does: { en: 'Does not answer one block in time.', de: 'Antwortet auf einen Block nicht rechtzeitig.' },
    then: failsOnOld,
  },
  'bit-flipped-on-write': {
    name: { en: 'Bit flipped while written', de: 'Bit kippt beim Schreiben' },
    does: {
      en: 'One bit of the firmware arrives wrong, and nothing reports it.',
      de: 'Ein Bit der Firmware kommt falsch an, und nichts meldet es.',
    },
    then: {
      en: 'The comparison after the transfer should find it, before the unit restarts.',
      de: 'Der Vergleich nach der Übertragung soll es finden, bevor das Gerät neu startet.',
    },
  },
  'bit-flipped-on-read': {
    name: { en: 'Bit flipped while read back', de: 'Bit kippt beim Zurücklesen' },
    does: {
      en: 'The firmware arrives intact, but one bit of what is read back is wrong.',
      de: 'Die Firmware kommt unversehrt an, aber ein Bit des Zurückgelesenen ist falsch.',
    },
    then: {
      en: 'The job should not activate what it cannot prove, and fail on the old firmware.',
      de: 'Der Auftrag soll nicht aktivieren, was er nicht beweisen kann, und auf der alten Firmware scheitern.',
    },
  },
  'flash-fails': {
    name: { en: 'Memory fails', de: 'Speicher versagt' },
    does: {
      en: 'Its memory rejects a write, and it says so.',
      de: 'Sein Speicher nimmt einen Schreibvorgang nicht an, und es meldet das.',
    },
    then: failsOnOld,
  },
  'no-return-after-reset': {
    name: { en: 'Does not come back', de: 'Kommt nicht zurück' },
    does: {
      en: 'Restarts with its new firmware and is not heard from until it is switched off and on.',
      de: 'Startet mit der neuen Firmware und ist nicht zu hören, bis es aus- und eingeschaltet wird.',
    },
    then: {
      en: 'The job should not guess: it is indeterminate. Pull the cable, plug it in, then go on.',
      de: 'Der Auftrag soll nicht raten: Er ist unbestimmt. Kabel ziehen, stecken, dann fortsetzen.',
    },
  },
  'other-serial-after-reset': {
    name: { en: 'Another serial number', de: 'Andere Seriennummer' },
    does: {
      en: 'Comes back with the serial number PUMP-9999.',
      de: 'Kommt mit der Seriennummer PUMP-9999 zurück.',
    },
    then: {
      en: 'The job should take it for another unit and confirm nothing.',
      de: 'Der Auftrag soll es für ein anderes Gerät halten und nichts bestätigen.',
    },
  },
  'other-version-after-reset': {
    name: { en: 'Wrong version', de: 'Falsche Version' },
    does: {
      en: 'Says after its restart that it runs version 9.9.9.',
      de: 'Behauptet nach dem Neustart, mit Version 9.9.9 zu laufen.',
    },
    then: {
      en: 'The job should believe the image’s own hash, and say what it found.',
      de: 'Der Auftrag soll dem Hash des Images glauben und sagen, was er fand.',
    },
  },
} as const satisfies Readonly<Record<string, FaultWords>>;

/** Undefined for a fault of a newer training bench. */
export function wordsOfFault(id: string): FaultWords | undefined {
  return Object.hasOwn(faultWords, id) ? faultWords[id as keyof typeof faultWords] : undefined;
}
