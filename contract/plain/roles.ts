/** What an operator may be; who has several may do what any of them may. */
export const roles = ['technician', 'approver', 'auditor', 'administrator'] as const;
