import type { Words } from '../words.ts';
import { deviceTransferRefusals } from './device-transfer.ts';
import type { RefusalTable } from './refusal-table.ts';

const plugInAgain: Words = {
  en: 'Check cable and power, plug it in at the same place and start again.',
  de: 'Prüfen Sie Kabel und Strom, stecken Sie es am selben Platz an und starten Sie noch einmal.',
};
const ownUnit: Words = {
  en: 'Plug the job’s own unit in at this place.',
  de: 'Stecken Sie das Gerät des Auftrags an diesem Platz an.',
};
const askAdministrator: Words = {
  en: 'Show this to an administrator.',
  de: 'Zeigen Sie das der Administration.',
};
const askMaker: Words = {
  en: 'Set the unit aside and show the code to its maker.',
  de: 'Legen Sie das Gerät beiseite und zeigen Sie dem Hersteller den Code.',
};
const switchOff: Words = {
  en: 'Switch the unit off and on, then start again.',
  de: 'Schalten Sie das Gerät aus und ein und starten Sie noch einmal.',
};
const forHand: Words = {
  en: 'Start its boot loader by hand, as its manual says.',
  de: 'Starten Sie den Bootloader von Hand, wie es die Anleitung sagt.',
};
const profileWrong: Words = { en: 'A device profile cannot be used', de: 'Ein Geräteprofil ist unbrauchbar' };
const chooseOther: Words = {
  en: 'Ask for a bundle that is made for this unit.',
  de: 'Fragen Sie nach einem Paket, das für dieses Gerät gemacht ist.',
};
const otherUnit: Words = { en: 'Another unit stands at this place', de: 'An diesem Platz steht ein anderes Gerät' };
const sizesDiffer: Words = {
  en: 'The unit’s memory is not as its profile says',
  de: 'Der Speicher des Geräts ist nicht, wie das Profil sagt',
};
const restarts: Words = { en: 'The unit did not come back', de: 'Das Gerät kam nicht zurück' };

const identity = {
  'device.no-usb': { title: { en: 'USB cannot be read', de: 'USB ist nicht lesbar' }, next: askAdministrator },
  'device.not-found': {
    title: { en: 'No unit is plugged in here', de: 'Hier ist kein Gerät angesteckt' },
    next: plugInAgain,
  },
  'device.no-profile': {
    title: { en: 'No device profile knows this unit', de: 'Kein Geräteprofil kennt dieses Gerät' },
    next: askAdministrator,
  },
  'device.no-serial': {
    title: { en: 'The unit gives no serial number', de: 'Das Gerät nennt keine Seriennummer' },
    next: askMaker,
  },
  'device.in-use': {
    title: { en: 'Another job works on this unit', de: 'Ein anderer Auftrag arbeitet an diesem Gerät' },
    next: { en: 'Wait for its end.', de: 'Warten Sie auf dessen Ende.' },
  },
  'device.closed': {
    title: { en: 'The unit was let go of already', de: 'Das Gerät war schon freigegeben' },
    next: switchOff,
  },
  'device.access-denied': {
    title: {
      en: 'The system does not let Drydock open the unit',
      de: 'Das System lässt Drydock das Gerät nicht öffnen',
    },
    next: askAdministrator,
  },
  'device.interface-busy': {
    title: { en: 'Another program holds the unit', de: 'Ein anderes Programm hält das Gerät' },
    next: { en: 'Close that program, then read again.', de: 'Beenden Sie es und lesen Sie noch einmal.' },
  },
  'device.profile-invalid': { title: profileWrong, next: askAdministrator },
  'device.profile-overlap': { title: profileWrong, next: askAdministrator },
  'device.profile-superseded': { title: profileWrong, next: askAdministrator },
  'device.profile-not-in-force': {
    title: { en: 'The unit’s device profile is not approved yet', de: 'Das Geräteprofil ist noch nicht freigegeben' },
    next: {
      en: 'Ask an approver to approve the bundle that brings it, for every unit.',
      de: 'Bitten Sie um Freigabe des Pakets, das es mitbringt, für jedes Gerät.',
    },
  },
  'device.profile-lost': { title: profileWrong, next: askAdministrator },
  'device.profile-changed': { title: profileWrong, next: askAdministrator },
  'device.profile-ambiguous': { title: profileWrong, next: askAdministrator },
  'device.profile-unknown': { title: profileWrong, next: askAdministrator },
  'device.place-unknown': {
    title: { en: 'The bench has no such place', de: 'Diesen Platz hat die Werkbank nicht' },
    next: { en: 'Look at the places of the bench.', de: 'Sehen Sie bei den Plätzen der Werkbank nach.' },
  },
  'device.place-taken': {
    title: {
      en: 'Another place has this name, number or port',
      de: 'Name, Nummer oder Anschluss gehören einem anderen Platz',
    },
    next: {
      en: 'Take another one, or forget the other place first.',
      de: 'Nehmen Sie etwas anderes, oder vergessen Sie zuerst den anderen Platz.',
    },
  },
  'device.place-held': {
    title: { en: 'A job at this place is still open', de: 'An diesem Platz ist noch ein Auftrag offen' },
    next: {
      en: 'Plug its unit in where it was and bring the job to its end first.',
      de: 'Stecken Sie das Gerät an, wo es war, und bringen Sie zuerst den Auftrag zu Ende.',
    },
  },
  'device.udev-foreign': {
    title: { en: 'A rules file of somebody else is there', de: 'Dort liegt eine fremde Regeldatei' },
    next: askAdministrator,
  },
  'device.wrong-product': {
    title: { en: 'The unit is of another product', de: 'Das Gerät ist von einem anderen Produkt' },
    next: ownUnit,
  },
  'device.hardware-unknown': {
    title: { en: 'The unit’s hardware is not known here', de: 'Die Hardware des Geräts ist hier unbekannt' },
    next: askAdministrator,
  },
  'device.other-unit': { title: otherUnit, next: ownUnit },
  'device.no-contact': { title: restarts, next: plugInAgain },
  'device.serial-needed': {
    title: { en: 'The unit cannot say its serial number', de: 'Das Gerät kann seine Seriennummer nicht nennen' },
    next: { en: 'Read it off the label and enter it.', de: 'Lesen Sie sie vom Schild ab und geben Sie sie ein.' },
  },
} as const satisfies RefusalTable;

const memory = {
  'device.descriptor-invalid': {
    title: { en: 'The unit describes itself wrongly', de: 'Das Gerät beschreibt sich falsch' },
    next: askMaker,
  },
  'device.no-dfu-interface': {
    title: {
      en: 'The unit has no interface for updates',
      de: 'Das Gerät hat keine Schnittstelle für Aktualisierungen',
    },
    next: askAdministrator,
  },
  'device.enter-by-hand': {
    title: {
      en: 'The unit does not go into update mode by itself',
      de: 'Das Gerät geht nicht selbst in den Update-Modus',
    },
    next: forHand,
  },
  'device.dfu-version': {
    title: { en: 'The unit speaks another version of DFU', de: 'Das Gerät spricht eine andere DFU-Fassung' },
    next: askAdministrator,
  },
  'device.mode-contradicted': {
    title: { en: 'The unit contradicts itself', de: 'Das Gerät widerspricht sich' },
    next: switchOff,
  },
  'device.info-invalid': {
    title: { en: 'What the unit says of itself cannot be read', de: 'Was das Gerät von sich sagt, ist nicht lesbar' },
    next: askMaker,
  },
  'device.wrong-mode': {
    title: { en: 'The unit can only be read out of operation', de: 'Das Gerät ist nur außer Betrieb lesbar' },
    next: {
      en: 'Open its details and have it read out of operation.',
      de: 'Öffnen Sie die Einzelheiten und lassen Sie es außer Betrieb lesen.',
    },
  },
  'device.slot-unknown': { title: sizesDiffer, next: chooseOther },
  'device.slot-missing': { title: sizesDiffer, next: askAdministrator },
  'device.slot-size': { title: sizesDiffer, next: askAdministrator },
  'device.layout-invalid': { title: sizesDiffer, next: askMaker },
  'device.layout-mismatch': { title: sizesDiffer, next: askAdministrator },
  'device.option-bytes-invalid': { title: sizesDiffer, next: askMaker },
  'device.boot-bank-unclear': {
    title: { en: 'It is not clear what the unit starts', de: 'Es ist unklar, was das Gerät startet' },
    next: askMaker,
  },
  'device.slot-running': {
    title: { en: 'The slot to be written is the one that runs', de: 'Zu beschreiben wäre der Platz, der gerade läuft' },
    next: switchOff,
  },
  'device.image-too-large': {
    title: { en: 'The image is too large for the unit', de: 'Das Image ist zu groß für das Gerät' },
    next: chooseOther,
  },
  'device.page-not-kept': {
    title: { en: 'The old contents could not be kept first', de: 'Der alte Inhalt ließ sich nicht vorher aufheben' },
    next: {
      en: 'Make room on the station’s disk, then start again.',
      de: 'Schaffen Sie Platz auf der Platte der Station und starten Sie noch einmal.',
    },
  },
  'device.page-missing': {
    title: {
      en: 'The kept old contents are gone or damaged',
      de: 'Der aufgehobene alte Inhalt fehlt oder ist beschädigt',
    },
    next: askAdministrator,
  },
  'device.read-protected': {
    title: { en: 'The unit’s memory is protected against reading', de: 'Der Speicher ist gegen Lesen geschützt' },
    next: askMaker,
  },
  'device.marked-permanent': {
    title: {
      en: 'The unit marked the new firmware for good',
      de: 'Das Gerät hat die neue Firmware endgültig vorgemerkt',
    },
    next: {
      en: 'Switch it off and on at this place, then go on.',
      de: 'Schalten Sie es an diesem Platz aus und ein und setzen Sie fort.',
    },
  },
  'device.not-pending': {
    title: {
      en: 'The unit did not take the new firmware for a trial',
      de: 'Das Gerät nahm die neue Firmware nicht zur Probe an',
    },
    next: askMaker,
  },
  'device.confirm-unsupported': {
    title: {
      en: 'The unit cannot be told to keep its firmware',
      de: 'Dem Gerät lässt sich nicht sagen, die Firmware zu behalten',
    },
    next: askAdministrator,
  },
  'device.not-confirmed': {
    title: { en: 'The unit did not make the firmware permanent', de: 'Das Gerät machte die Firmware nicht dauerhaft' },
    next: switchOff,
  },
  'device.power-cycle-needed': {
    title: { en: 'Only switching it off and on helps the unit', de: 'Dem Gerät hilft nur Aus- und Einschalten' },
    next: switchOff,
  },
} as const satisfies RefusalTable;

export const deviceRefusals = { ...identity, ...memory, ...deviceTransferRefusals } as const satisfies RefusalTable;
