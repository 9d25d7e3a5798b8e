"""Plays what moto lacks of ECS and of its load balancer, around a moto server: `python -m ecs_launcher`.

moto stores services and never moves a deployment. Here services start real tasks, a circuit breaker
takes bad ones back, target groups ask the tasks how they are, and a balancer sends requests to those
that say they are well. Clients see moto; they cannot know the difference.

`moto_patches` says which operations are replaced, and holds them to the models of AWS. `services`
decides which tasks run, `tasks` is the life of one, `targets` and `balancer` send requests there.
What a task is stands in `runners`: a plain process, a container of podman, or an answer to health checks
alone. Who sends requests there stands in `balancer`: this program itself, or HAProxy.

All periods of ECS and of the balancer are divided by the time scale. Time-outs are not: what they
wait for is real.
"""
