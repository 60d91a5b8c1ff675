// The script of the demo site: views without loading a page, and a form that is not sent anywhere.
for (const button of document.querySelectorAll("[data-view]")) {
  button.addEventListener("click", () => {
    history.pushState({}, "", button.dataset.view);
    show();
  });
}
addEventListener("popstate", show);

function show() {
  const view = document.querySelector("#view");
  const [, name] = /\/classes\/(\w+)$/.exec(location.pathname) ?? [];
  if (view !== null) view.textContent = name === undefined ? "" : `Now showing: ${name}`;
}

document.querySelector("#contact")?.addEventListener("submit", (event) => {
  event.preventDefault();
  document.querySelector("#sent").textContent = "Thank you.";
});
