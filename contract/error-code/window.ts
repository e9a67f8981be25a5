/** Refusals of the desktop window's shell, before the station is asked. */
export const windowErrors = {
  'window.sender-refused': 'A call comes from the main frame of our own window and our own origin.',
  'window.input-too-large': 'An input that the window sends has a bounded size.',
  'window.file-unknown': 'A file or folder is one that a person chose in this window, for this purpose.',
  'window.locked': 'A locked window does nothing but show that jobs go on, until its operator unlocks it.',
  'window.no-station': 'The window works with a station or with training mode; one of them was begun.',
  'window.station-open': 'A window works with one station; a second is not begun beside it.',
  'window.folder-in-use': 'The chosen data folder is empty, or holds a station.',
  'window.unit-unknown': 'A fault is set for a unit of the training bench.',
  'window.print-failed': 'The system takes a label for printing.',
} as const;
