// Says why something was refused.

const notice = document.getElementById('notice');

/** Tries a submission, and shows what is wrong with it if it is refused. */
export async function attempt(submission, onSubmitted, what = '') {
  try {
    await submission();
    notice.hidden = true;
  }
  catch (error) {
    notice.textContent = what + error.message;
    notice.hidden = false;
    return;
  }
  onSubmitted();
}
