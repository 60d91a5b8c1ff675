// The buttons of /dev/accounts sign in as the console does, and the codes are renewed every second.

const status = document.querySelector("#status");

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.message);
  return answer;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for a code that was not used before: at most until the next one is shown. */
async function unusedCode(account) {
  const response = await fetch(`/dev/accounts/unused-code?account=${account}`);
  const { code } = await response.json();
  if (code !== null) return code;
  status.textContent = "All present codes are used. Waiting for the next one …";
  await pause(1000);
  return unusedCode(account);
}

async function signIn({ account, email }) {
  const password = document.querySelector("#password").textContent;
  const { next } = await post("/api/auth/sign-in", { email, password });
  if (next === "second-factor") {
    await post("/api/auth/sign-in/second-factor", { code: await unusedCode(account), trustDevice: true });
  }
  location.assign("/");
}

for (const button of document.querySelectorAll("button")) {
  button.addEventListener("click", () => {
    status.textContent = "Signing in …";
    signIn(button.dataset).catch((error) => {
      status.textContent = error.message;
    });
  });
}

setInterval(async () => {
  const response = await fetch("/dev/accounts/codes").catch(() => undefined);
  if (!response?.ok) return; // the local run has stopped
  const { codes, secondsLeft } = await response.json();
  document.querySelector("#left").textContent = secondsLeft;
  for (const [account, code] of Object.entries(codes)) {
    document.querySelector(`[data-code="${account}"]`).textContent = code;
  }
}, 1000);
