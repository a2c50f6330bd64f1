"""Contracts side by side: what each states, what each leaves out, and what that allows to say."""
