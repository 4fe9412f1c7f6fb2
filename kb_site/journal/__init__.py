"""The journal of sensitive acts: who did what, to whom, when. Written by the services that do it, read by coordinators."""
