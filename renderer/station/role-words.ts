import type { Role } from '../../contract/schema/session.ts';
import type { Words } from '../words/words.ts';

/** The roles, and what each may do, in plain words (core/operator/permission.ts has the table). */
export const roleWords = {
  technician: { en: 'Technician', de: 'Techniker' },
  approver: { en: 'Approver', de: 'Freigeber' },
  auditor: { en: 'Auditor', de: 'Prüfer' },
  administrator: { en: 'Administrator', de: 'Administrator' },
} as const satisfies Readonly<Record<Role, Words>>;

export const roleMayWords = {
  technician: {
    en: 'Imports bundles and updates units. Signs no approval.',
    de: 'Importiert Bundles und aktualisiert Geräte. Unterschreibt keine Freigabe.',
  },
  approver: {
    en: 'Imports bundles, signs approvals, and approves changes of trust that somebody else proposed. Updates no units.',
    de: 'Importiert Bundles, unterschreibt Freigaben und gibt Vertrauensänderungen frei, die jemand anderes vorschlug. Aktualisiert keine Geräte.',
  },
  auditor: {
    en: 'Reads everything, and exports reports and the audit log. Changes nothing, and has no other role.',
    de: 'Liest alles und exportiert Berichte und Protokoll. Ändert nichts und hat keine andere Rolle.',
  },
  administrator: {
    en: 'Manages operators, trust, policies and the station. Neither approves bundles nor updates units.',
    de: 'Verwaltet Operatoren, Vertrauen, Richtlinien und die Station. Gibt keine Bundles frei und aktualisiert keine Geräte.',
  },
} as const satisfies Readonly<Record<Role, Words>>;
