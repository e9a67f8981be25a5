/** Refusals of the station itself: its data folder, its session choke point, its input. */
export const stationErrors = {
  'station.not-initialised': 'The data folder holds no station yet.',
  'station.already-initialised': 'The data folder already holds a station.',
  'station.in-use': 'Another Drydock process works with this data folder.',
  'station.database-newer': 'The database was written by a newer Drydock.',
  'station.database-damaged': 'The database fails its integrity check.',
  'station.disk-full': 'The disk that holds the data folder is full.',
  'station.storage-failed': 'The data folder cannot be read or written.',
  'station.file-exists': 'Another file of that name already stands in the chosen folder.',
  'station.file-unreadable': 'A chosen file is missing, is no ordinary file, or is too large.',
  'station.fault': 'An operation met an error of the program or of the machine.',
  'station.input-invalid': 'An input does not have the documented form.',
  'station.operation-unknown': 'No operation has this name.',
  'station.algorithm-missing': 'This runtime lacks a cryptographic algorithm that Drydock needs.',
  'station.key-damaged': "The station's own signing key cannot be used.",
  'station.not-logged-in': 'The operation needs an operator who is logged in.',
  'station.permission-denied': "The operator's roles do not allow the operation.",
} as const;
