// Node is told to warn while the screen is up.
process.on('SIGUSR2', () => process.emitWarning('a torn screen'));
