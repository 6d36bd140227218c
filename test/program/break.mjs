// Loaded before the program: on SIGUSR2 something in it breaks, as BREAK says.
const broken = () => new Error('broken by a test');
const ways = {
  drawing() {
    String.prototype.repeat = () => {
      throw broken();
    };
    process.stdout.emit('resize'); // draws
  },
  exception() {
    throw broken();
  },
  rejection() {
    Promise.reject(broken());
  },
};
process.on('SIGUSR2', () => ways[process.env.BREAK]());
