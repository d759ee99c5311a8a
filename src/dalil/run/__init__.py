"""What is run, when and where: the graph of steps, the execution of notebooks, the command line."""
