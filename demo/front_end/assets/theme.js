// Runs before anything is painted: a page that was dark stays dark.
{
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
}
