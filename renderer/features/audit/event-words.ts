import type { AuditEventType } from '../../../contract/schema/audit.ts';
import type { Words } from '../../words/words.ts';

/** Each event of the log in a sentence. `{who}` did it; `{what}` is what it was done to, where the event names it. */
export const eventWords = {
  'station.initialised': { en: '{who} set up the station {what}.', de: '{who} hat die Station {what} eingerichtet.' },
  'station.opened': { en: '{who} opened {what}.', de: '{who} hat {what} geöffnet.' },
  'station.closed': { en: '{who} closed {what}.', de: '{who} hat {what} geschlossen.' },
  'station.changed': { en: '{who} changed the station’s {what}.', de: '{who} hat an der Station {what} geändert.' },
  'operator.created': { en: '{who} created the account {what}.', de: '{who} hat das Konto {what} angelegt.' },
  'operator.roles-changed': {
    en: '{who} changed the roles of {what}.',
    de: '{who} hat die Rollen von {what} geändert.',
  },
  'operator.disabled': { en: '{who} disabled the account {what}.', de: '{who} hat das Konto {what} stillgelegt.' },
  'operator.enabled': {
    en: '{who} enabled the account {what} again.',
    de: '{who} hat das Konto {what} wieder aktiviert.',
  },
  'operator.sessions-ended': { en: '{who} logged {what} out.', de: '{who} hat {what} abgemeldet.' },
  'operator.unlocked': { en: '{who} unlocked the account {what}.', de: '{who} hat das Konto {what} entsperrt.' },
  'operator.password-changed': {
    en: '{who} changed the password of {what}.',
    de: '{who} hat das Passwort von {what} geändert.',
  },
  'operator.factor-enrolled': {
    en: '{who} enrolled a second factor for {what}.',
    de: '{who} hat einen zweiten Faktor für {what} eingerichtet.',
  },
  'operator.factor-removed': {
    en: '{who} removed the second factor of {what}.',
    de: '{who} hat den zweiten Faktor von {what} entfernt.',
  },
  'operator.factor-reset': {
    en: '{who} reset the second factor of {what}.',
    de: '{who} hat den zweiten Faktor von {what} zurückgesetzt.',
  },
  'operator.factor-rule-changed': {
    en: '{who} changed who needs a second factor: {what}.',
    de: '{who} hat geändert, wer einen zweiten Faktor braucht: {what}.',
  },
  'operator.recovery-codes-made': {
    en: '{who} made new recovery codes for {what}.',
    de: '{who} hat neue Wiederherstellungscodes für {what} erzeugt.',
  },
  'session.login': { en: '{who} logged in as {what}.', de: '{who} hat sich als {what} angemeldet.' },
  'session.logout': { en: '{who} logged out.', de: '{who} hat sich abgemeldet.' },
  'session.expired': { en: 'The session of {who} expired.', de: 'Die Sitzung von {who} ist abgelaufen.' },
  'trust.anchor-pinned': { en: '{who} pinned the root {what}.', de: '{who} hat die Wurzel {what} verankert.' },
  'trust.image-key-pinned': {
    en: '{who} pinned the image key {what}.',
    de: '{who} hat den Image-Schlüssel {what} verankert.',
  },
  'trust.anchor-removed': { en: '{who} removed the root {what}.', de: '{who} hat die Wurzel {what} entfernt.' },
  'trust.image-key-removed': {
    en: '{who} removed the image key {what}.',
    de: '{who} hat den Image-Schlüssel {what} entfernt.',
  },
  'trust.crl-imported': {
    en: '{who} imported the revocation list of {what}.',
    de: '{who} hat die Sperrliste von {what} importiert.',
  },
  'trust.time-floor-raised': {
    en: '{who} raised the earliest time that the clock may show to {what}.',
    de: '{who} hat die früheste gültige Uhrzeit auf {what} angehoben.',
  },
  'trust.clock-accepted': {
    en: '{who} vouched for the clock, with the reason: {what}.',
    de: '{who} hat für die Uhr gebürgt, mit der Begründung: {what}.',
  },
  'trust.package-proposed': {
    en: '{who} proposed the trust package {what}.',
    de: '{who} hat das Vertrauenspaket {what} vorgeschlagen.',
  },
  'trust.package-adopted': {
    en: '{who} adopted the trust package {what}.',
    de: '{who} hat das Vertrauenspaket {what} angenommen.',
  },
  'trust.package-rejected': {
    en: '{who} rejected the trust package {what}.',
    de: '{who} hat das Vertrauenspaket {what} verworfen.',
  },
  'policy.installed': {
    en: '{who} put the policy for {what} in force.',
    de: '{who} hat die Richtlinie für {what} in Kraft gesetzt.',
  },
  'bundle.imported': { en: '{who} imported the bundle {what}.', de: '{who} hat das Bundle {what} importiert.' },
  'approval.signed': { en: '{who} signed the approval {what}.', de: '{who} hat die Freigabe {what} unterschrieben.' },
  'approval.withdrawn': {
    en: '{who} withdrew the approval {what}.',
    de: '{who} hat die Freigabe {what} zurückgenommen.',
  },
  'device.detached': { en: '{who} detached the unit {what}.', de: '{who} hat das Gerät {what} abgemeldet.' },
  'device.clone-seen': {
    en: '{who} began an update at {what} while a second unit with the same serial stood elsewhere.',
    de: '{who} hat an {what} eine Aktualisierung begonnen, während anderswo ein Gerät mit gleicher Seriennummer stand.',
  },
  'bench.changed': { en: '{who} changed the map of the bench.', de: '{who} hat den Plan der Werkbank geändert.' },
  'update.moved': { en: '{who}: the update of {what}.', de: '{who}: die Aktualisierung von {what}.' },
  'update.checked': {
    en: '{who} checked the update of {what}.',
    de: '{who} hat die Aktualisierung von {what} geprüft.',
  },
  'order.opened': {
    en: '{who} placed a standing order for {what}.',
    de: '{who} hat einen Dauerauftrag für {what} erteilt.',
  },
  'order.closed': { en: '{who} ended a standing order: {what}.', de: '{who} hat einen Dauerauftrag beendet: {what}.' },
  'order.unit-started': {
    en: 'A standing order started the unit {what}.',
    de: 'Ein Dauerauftrag hat das Gerät {what} gestartet.',
  },
  'order.unit-withheld': {
    en: 'A standing order did not start the unit {what}.',
    de: 'Ein Dauerauftrag hat das Gerät {what} nicht gestartet.',
  },
  'report.exported': { en: '{who} exported the report {what}.', de: '{who} hat den Bericht {what} exportiert.' },
  'audit.verified': {
    en: '{who} verified the whole log: {what} events.',
    de: '{who} hat das ganze Protokoll geprüft: {what} Ereignisse.',
  },
  'audit.checkpoint-exported': {
    en: '{who} took a checkpoint over {what} events.',
    de: '{who} hat einen Prüfpunkt über {what} Ereignisse entnommen.',
  },
  'audit.key-confirmed': {
    en: '{who} confirmed the key of {what}.',
    de: '{who} hat den Schlüssel von {what} bestätigt.',
  },
  'audit.key-removed': { en: '{who} removed the key of {what}.', de: '{who} hat den Schlüssel von {what} entfernt.' },
  'audit.cosigned': {
    en: '{who} cosigned the log {what}.',
    de: '{who} hat das Protokoll {what} gegengezeichnet.',
  },
  'audit.cosignature-kept': {
    en: '{who} took in a cosignature of {what}.',
    de: '{who} hat eine Gegenzeichnung von {what} übernommen.',
  },
  'operation.refused': { en: '{who} was refused {what}.', de: '{who} wurde {what} verweigert.' },
} as const satisfies Readonly<Record<AuditEventType, Words>>;
