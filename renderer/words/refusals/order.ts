import type { orderErrors } from '../../../contract/error-code/order.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable } from './refusal-table.ts';

/** Standing orders. A unit that an order leaves alone was not touched. */
export const orderRefusals = {
  'order.unknown': {
    title: { en: 'There is no such standing order', de: 'Diesen Dauerauftrag gibt es nicht' },
    next: nextSteps.lookAgain,
  },
  'order.closed': {
    title: { en: 'The standing order has ended', de: 'Der Dauerauftrag ist beendet' },
    next: { en: 'Place a new one if it is to go on.', de: 'Erteilen Sie einen neuen, wenn es weitergehen soll.' },
  },
  'order.position-taken': {
    title: {
      en: 'Another standing order is in force at this place',
      de: 'An diesem Platz gilt schon ein Dauerauftrag',
    },
    next: { en: 'End that one first.', de: 'Beenden Sie zuerst jenen.' },
  },
  'order.end-invalid': {
    title: {
      en: 'The order would last longer than your session',
      de: 'Der Auftrag würde länger dauern als Ihre Sitzung',
    },
    next: {
      en: 'Choose an earlier end, or log in again.',
      de: 'Wählen Sie ein früheres Ende, oder melden Sie sich neu an.',
    },
  },
  'order.opener-left': {
    title: { en: 'Whoever placed the order has logged out', de: 'Wer den Auftrag erteilt hat, ist abgemeldet' },
    next: {
      en: 'Nothing more is started. Log in and place the order again.',
      de: 'Es wird nichts mehr gestartet. Melden Sie sich an und erteilen Sie den Auftrag neu.',
    },
  },
  'order.unit-done': {
    title: {
      en: 'This unit already has its update under this work order',
      de: 'Dieses Gerät ist unter diesem Arbeitsauftrag schon aktualisiert',
    },
    next: {
      en: 'Nothing was done to it. Take the next unit.',
      de: 'Es wurde nichts daran getan. Nehmen Sie das nächste Gerät.',
    },
  },
  'order.unit-failed': {
    title: { en: 'A job of this unit failed under this order', de: 'Ein Auftrag dieses Geräts ist schon gescheitert' },
    next: {
      en: 'Nothing was done to it now. Look into that job, then start the unit by hand.',
      de: 'Jetzt wurde nichts daran getan. Sehen Sie sich jenen Auftrag an, dann starten Sie das Gerät von Hand.',
    },
  },
  'order.serial-elsewhere': {
    title: { en: 'Another unit has the same serial number', de: 'Ein anderes Gerät hat dieselbe Seriennummer' },
    next: {
      en: 'Nothing was done to it. Compare the labels; if there really are two, start this one by hand.',
      de: 'Es wurde nichts daran getan. Vergleichen Sie die Etiketten; sind es wirklich zwei, starten Sie dieses von Hand.',
    },
  },
} as const satisfies RefusalTable<keyof typeof orderErrors>;
