/** Refusals of standing orders: why one is not opened, or why it does not start a unit that came. */
export const orderErrors = {
  'order.unknown': 'A standing order has this id.',
  'order.closed': 'The standing order is still open.',
  'order.position-taken': 'No other open standing order covers the bench position.',
  'order.end-invalid': "A standing order ends in the future, and no later than its operator's session.",
  'order.opener-left': 'The operator who opened the standing order is still logged in.',
  'order.unit-done': 'The unit was not brought to the new firmware under this work order already.',
  'order.unit-failed': 'No job of the unit under this standing order ended without success.',
  'order.serial-elsewhere': 'No unit with the same serial is at another position or has an open job there.',
} as const;
