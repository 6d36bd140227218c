// Something that nobody catches goes wrong while the screen is up.
process.on('SIGUSR2', () => {
  throw new Error('the screen is torn');
});
