// Numbers as people read them, and what tells things apart.

const integer = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const hues = new Map();
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

export function count(number) {
  return integer.format(number);
}

export function counted(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

export function bytes(number) {
  if (number < 1000) {
    return `${number} B`;
  }
  return number < 1e6 ? `${Math.round(number / 1e3)} kB` : `${(number < 1e7 ? decimal : integer).format(number / 1e6)} MB`;
}

export function millis(number) {
  return number < 1000 ? `${number} ms` : `${decimal.format(number / 1000)} s`;
}

/** How long something has been there, roughly. */
export function age(since) {
  const seconds = Math.max(0, Math.round((Date.now() - since) / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}

export function time(date) {
  return clock.format(date);
}

/** A colour for a process, as far from the last ones as the golden angle brings it. */
export function hue(pid) {
  if (!hues.has(pid)) {
    hues.set(pid, Math.round(165 + hues.size * 137.508) % 360);
  }
  return hues.get(pid);
}

/** Tells one task from all others: ids start again when the application does. */
export function keyOf(task) {
  return `${task.id}@${task.submittedAt}`;
}
